import { expect, test } from 'vitest';
import { AUTOMATIC_MAX, checkpointsToDrop, isCheckpointDue } from '@/server/runtime/notebook/checkpoints';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test('a checkpoint is due after much change and a pause, after little and five minutes, and without a pause after ten', () => {
  expect(isCheckpointDue({ amount: 0, quietMs: DAY, sinceMs: DAY })).toBe(false);
  expect(isCheckpointDue({ amount: 500, quietMs: 29_000, sinceMs: MINUTE })).toBe(false);
  expect(isCheckpointDue({ amount: 500, quietMs: 31_000, sinceMs: MINUTE })).toBe(true);
  expect(isCheckpointDue({ amount: 5, quietMs: 31_000, sinceMs: MINUTE })).toBe(false);
  expect(isCheckpointDue({ amount: 5, quietMs: 31_000, sinceMs: 5 * MINUTE })).toBe(true);
  expect(isCheckpointDue({ amount: 5, quietMs: 0, sinceMs: 10 * MINUTE })).toBe(true);
});

test('kept checkpoints are dense near now, sparse before, and bounded in number over years', () => {
  const now = new Date('2026-06-01T12:00:00Z');
  // One every twenty minutes of a quarter of a year, dropped as it goes.
  let kept: { id: string; createdAt: Date }[] = [];
  for (let at = now.getTime() - 90 * DAY; at <= now.getTime(); at += 20 * MINUTE) {
    kept.push({ id: String(at), createdAt: new Date(at) });
    const gone = new Set(checkpointsToDrop(kept, new Date(at)));
    kept = kept.filter(({ id }) => !gone.has(id));
  }
  const within = (ms: number) => kept.filter(({ createdAt }) => now.getTime() - createdAt.getTime() < ms).length;
  expect(within(60 * MINUTE)).toBe(3);
  expect(within(DAY)).toBeGreaterThan(3 + 40);
  expect(within(30 * DAY)).toBeGreaterThan(3 + 40 + 25);
  expect(kept.length).toBeLessThanOrEqual(AUTOMATIC_MAX);
  expect(within(90 * DAY) - within(30 * DAY)).toBeGreaterThan(6);
});

test('the newest is never dropped, and never more are kept than the bound', () => {
  const now = new Date();
  const many = Array.from({ length: 2_000 }, (_, i) => ({
    id: String(i),
    createdAt: new Date(now.getTime() - i * 7 * DAY),
  }));
  const dropped = checkpointsToDrop(many, now);
  expect(dropped).not.toContain('0');
  expect(many.length - dropped.length).toBe(AUTOMATIC_MAX);
});
