import { describe, expect, test } from 'vitest';
import { admit, type Candidate, orderQueue } from '@/server/computers/direct/admit';

const now = new Date('2026-01-01T12:00:00Z');
const job = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  ...{ id, userId: 'ada', cores: 1, memoryBytes: 1, expectedSeconds: 10, queuedAt: now },
  ...change,
});
const limits = { cores: 4, memoryBytes: 100 };
const ids = (jobs: Candidate[]) => jobs.map(({ id }) => id);

describe('the direct scheduler', () => {
  test('starts short jobs first, and older ones where they are as short', () => {
    const older = new Date(now.getTime() - 1000);
    const waiting = [job('long', { expectedSeconds: 100 }), job('young'), job('old', { queuedAt: older })];
    expect(ids(orderQueue([], waiting, now))).toEqual(['old', 'young', 'long']);
  });

  test('lets two people take turns, however many jobs one of them has', () => {
    const waiting = [job('a1'), job('a2'), job('a3'), job('b1', { userId: 'bob', expectedSeconds: 99 })];
    expect(ids(orderQueue([], waiting, now))).toEqual(['a1', 'b1', 'a2', 'a3']);
    const running = [job('r', { userId: 'bob', cores: 2 })];
    expect(ids(orderQueue(running, waiting, now)).slice(0, 2)).toEqual(['a1', 'a2']);
  });

  test('keeps within cores and memory', () => {
    expect(
      admit([job('r', { cores: 3 })], [job('wide', { cores: 2 }), job('slim', { expectedSeconds: 20 })], limits, now),
    ).toEqual(['slim']);
    expect(admit([], [job('a', { memoryBytes: 60 }), job('b', { memoryBytes: 60 })], limits, now)).toEqual(['a']);
  });

  test('runs a job that asks for more than there is alone', () => {
    const waiting = [job('huge', { cores: 64 })];
    expect(admit([], waiting, limits, now)).toEqual(['huge']);
    expect(admit([job('r')], waiting, limits, now)).toEqual([]);
  });

  test('passes nobody by for ever: an overdue job that does not fit holds back the others', () => {
    const overdue = new Date(now.getTime() - 11 * 60_000);
    const waiting = [job('wide', { cores: 4, expectedSeconds: 999, queuedAt: overdue }), job('slim')];
    expect(admit([job('r')], waiting, limits, now)).toEqual([]);
    expect(admit([], waiting, limits, now)).toEqual(['wide']);
  });
});
