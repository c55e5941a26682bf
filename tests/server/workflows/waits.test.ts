import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { measureRun } from '@/server/workflows/job/measure-run';
import { sweepRuns } from '@/server/workflows/sweep/sweep-runs';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, silicon, startWorker, submitSilicon, type TestWorker, untilIteration, untilState } from './workers';

let platform: TestPlatform;
let worker: TestWorker | null = null;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
});
const stopWorker = async (signal: NodeJS.Signals) => {
  if (worker) await endWorker(worker, signal);
  worker = null;
};
afterEach(() => stopWorker('SIGKILL'));
afterAll(() => platform?.stop());

const ENDED = ['finished', 'failed', 'killed'];

const submitAfter = (after: string[]) =>
  caller.calculations.run({
    ...{
      structure: structuredClone(silicon) as never,
      properties: { bands: {} },
      protocol: 'fast',
      useCache: false,
      after,
    },
    overrides: { maxIterations: 3 },
    resources: { cores: 1 },
  });
const stateOf = async (id: string) => (await db().process.findUniqueOrThrow({ where: { id } })).state;

test('a calculation begins when those before it have ended well, also after a restart of the worker', async () => {
  worker = await startWorker();
  const first = await submitSilicon(platform.actor, 60);
  const second = await submitAfter([first.id]);
  const third = await submitAfter([first.id, second.id]);
  expect([second.state, third.state]).toEqual(['waiting', 'waiting']);
  expect((await caller.calculations.get({ id: third.id })).waits).toMatchObject([
    { id: first.id, label: first.label, metAt: null },
    { id: second.id, state: 'waiting', metAt: null },
  ]);
  await untilIteration(first.id, 5);
  // Nobody hears of the end of the first one: the worker that ran it is gone in that moment.
  await stopWorker('SIGKILL');
  worker = await startWorker();
  expect(await untilState(third.id, ENDED)).toBe('finished');
  const times = async (id: string) => db().process.findUniqueOrThrow({ where: { id } });
  const [one, two, three] = [await times(first.id), await times(second.id), await times(third.id)];
  expect(two.startedAt!.getTime()).toBeGreaterThanOrEqual(one.finishedAt!.getTime());
  expect(three.startedAt!.getTime()).toBeGreaterThanOrEqual(two.finishedAt!.getTime());
  expect((await caller.calculations.get({ id: third.id })).waits.every(({ metAt }) => metAt !== null)).toBe(true);
  // After what has ended well it begins at once.
  expect((await submitAfter([first.id])).state).toBe('created');
});

test('where one before it fails it pauses with the reason, and goes on without it when a person says so', async () => {
  worker = await startWorker();
  const bad = await submitSilicon(platform.actor, 3, { cutoffHartree: 13 });
  const slow = await submitSilicon(platform.actor, 60);
  const next = await submitAfter([bad.id, slow.id]);
  expect(await untilState(next.id, ['paused', ...ENDED])).toBe('paused');
  expect((await caller.calculations.get({ id: next.id })).failure).toMatchObject({
    code: 'after-failed',
    message: expect.stringContaining(`“${bad.label}”, which has failed`),
  });
  // It goes on waiting for the other.
  expect((await caller.calculations.goOn({ id: next.id })).state).toBe('waiting');
  expect(await stateOf(slow.id)).toBe('running');
  expect(await untilState(next.id, ENDED)).toBe('finished');
  expect(await stateOf(slow.id)).toBe('finished');
  await expect(submitAfter([bad.id])).rejects.toThrow(/has failed: this one would never begin/);
});

test('a calculation that waits can be paused and stopped, and one that waits for a stopped one says so', async () => {
  const first = await submitSilicon(platform.actor, 3);
  const second = await submitAfter([first.id]);
  const third = await submitAfter([second.id]);
  expect((await caller.calculations.pause({ id: second.id })).state).toBe('paused');
  worker = await startWorker();
  expect(await untilState(first.id, ENDED)).toBe('finished');
  expect(await stateOf(second.id)).toBe('paused');
  expect((await caller.calculations.goOn({ id: second.id })).state).not.toBe('paused');
  expect(await untilState(second.id, ENDED)).toBe('finished');
  expect(await untilState(third.id, ENDED)).toBe('finished');
  await stopWorker('SIGKILL');
  const last = await submitSilicon(platform.actor, 3);
  const [fourth, fifth] = [await submitAfter([last.id]), await submitAfter([last.id])];
  expect((await caller.calculations.stop({ id: fourth.id })).state).toBe('killed');
  await caller.calculations.stop({ id: last.id });
  const { state, failure } = await caller.calculations.get({ id: fifth.id });
  expect([state, failure?.message]).toEqual(['paused', expect.stringContaining('which has been stopped')]);
  expect((await caller.calculations.goOn({ id: fifth.id })).state).toBe('created');
});

test('nobody waits for a calculation of another project', async () => {
  const { id } = await submitSilicon(platform.actor, 3);
  const other = createCaller({ actor: await makeActor('Eve') });
  const input = { structure: structuredClone(silicon) as never, properties: { bands: {} }, after: [id] };
  await expect(other.calculations.run(input)).rejects.toThrow(/is not there/);
  expect((await other.calculations.list({})).items).toEqual([]);
});

test('what a calculation holds on disks is told with it and in the list, and less after the sweep', async () => {
  worker = await startWorker();
  const { id } = await submitSilicon(platform.actor, 3);
  expect(await untilState(id, ENDED)).toBe('finished');
  const stored = await caller.calculations.files({ id });
  const { id: processId } = await db().process.findFirstOrThrow({ where: { calculationId: id, name: 'scf' } });
  const folder = join(platform.dataFolder, 'runs', processId);
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep', 'large'), Buffer.alloc(3_000_000, 1));
  await measureRun({ id: processId, attempt: 1, folder }, null);
  const { disk } = await caller.calculations.get({ id });
  expect(disk.resultBytes).toBeGreaterThan(0);
  // Equal files are kept, and counted, once.
  expect(disk.resultBytes).toBeLessThanOrEqual(stored.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(disk.scratchBytes).toBeGreaterThan(3_000_000);
  expect(disk).toMatchObject({ remoteBytes: null, measuredAt: expect.any(Date) });
  expect((await caller.calculations.list({})).items.find((one) => one.id === id)!.disk).toEqual(disk);
  await sweepRuns(new Date(Date.now() + 2 * 86_400_000));
  const after = (await caller.calculations.get({ id })).disk;
  expect(after).toMatchObject({ resultBytes: disk.resultBytes, scratchBytes: 0 });
});
