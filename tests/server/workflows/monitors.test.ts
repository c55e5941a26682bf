import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { startRealWorker } from '../engines/espresso/platform';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, silicon, startWorker, type TestWorker, untilState } from './workers';

let platform: TestPlatform;
let worker: TestWorker | null = null;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
});
afterEach(async () => {
  if (worker) await endWorker(worker, 'SIGKILL');
  worker = null;
});
afterAll(() => platform?.stop());

/** Runs silicon's bands under a monitor, to their end; gives the self-consistent job and the failure that is told. */
async function runWatched(overrides: object, resources: object) {
  const caller = createCaller({ actor: platform.actor });
  const { id } = await caller.calculations.run({
    ...{ structure: structuredClone(silicon) as never, properties: { bands: {} }, protocol: 'fast', useCache: false },
    ...{ electronicType: 'insulator', overrides, resources: { cores: 1, ...resources } },
  } as never);
  const state = await untilState(id, ['finished', 'failed', 'killed']);
  const job = await db().process.findFirstOrThrow({ where: { calculationId: id, name: 'scf' } });
  const { failure } = await caller.calculations.get({ id });
  const told = await caller.calculations.history({ id });
  const iterations = told.flatMap(({ data }) =>
    data.kind === 'progress' && data.progress.kind === 'scf' ? [data.progress.iteration] : [],
  );
  return { state, job, failure, iterations, folder: join(platform.dataFolder, 'runs', job.id) };
}

test('a cycle that comes no nearer is stopped, tried again with less mixing, and failed when that does not help', async () => {
  worker = await startWorker();
  const { state, job, failure } = await runWatched({ cutoffHartree: 16 }, { monitors: { stalledIterations: 4 } });
  expect([state, failure?.code]).toEqual(['failed', 'scf-stalled']);
  expect(failure!.message).toMatch(/no nearer for 4 iterations; the monitor stopped it at iteration 5/);
  expect(job).toMatchObject({
    attempt: 3,
    failuresMet: ['scf-stalled', 'scf-stalled'],
    restarts: [expect.any(String), expect.any(String)],
  });
  const once = await runWatched({ cutoffHartree: 16 }, { restarts: false, monitors: { stalledIterations: 4 } });
  expect([once.job.attempt, once.failure?.code, once.iterations.at(-1)! < 20]).toEqual([1, 'scf-stalled', true]);
});

test('a cycle whose energy swings is stopped while it runs, and one that settles is left alone', async () => {
  worker = await startWorker();
  const monitors = { energyJumpEv: 5 };
  const swings = await runWatched({ cutoffHartree: 18 }, { restarts: false, monitors });
  expect([swings.state, swings.failure?.code]).toEqual(['failed', 'energy-diverging']);
  // Sixty iterations would have been its end; the first five jump by nature.
  expect(swings.failure!.message).toMatch(/at iteration 6, more than 5 eV/);
  expect((await runWatched({ maxIterations: 12 }, { restarts: false, monitors })).state).toBe('finished');
});

test('a job whose time runs out writes its checkpoint before the limit ends it', async () => {
  worker = await startWorker();
  const { job, failure, folder, iterations } = await runWatched(
    { maxIterations: 400 },
    { timeLimitSeconds: 10, monitors: { timeShare: 0.3 } },
  );
  expect(failure).toMatchObject({
    code: 'walltime-short',
    message: expect.stringContaining('30 % of the time limit of 10 s'),
  });
  expect(existsSync(join(folder, 'checkpoint', 'state.json'))).toBe(true);
  const seconds = (job.finishedAt!.getTime() - job.startedAt!.getTime()) / 1000;
  expect([seconds >= 3, seconds < 10, iterations.length < 200]).toEqual([true, true, true]);
});

test('monitors hear what the embedded engine tells', async () => {
  worker = await startRealWorker();
  // Long enough for a busy worker to look at it before its end.
  const overrides = { mesh: [4, 4, 4], symmetry: false, cutoffHartree: 12, energyToleranceHartreePerAtom: 1e-11 };
  const jumps = await runWatched(overrides, { restarts: false, monitors: { energyJumpEv: 1e-9 } });
  expect(jumps.failure).toMatchObject({
    code: 'energy-diverging',
    message: expect.stringMatching(/at iteration [6-9],/),
  });
  const condition = await runWatched(overrides, {
    restarts: false,
    monitors: { condition: 'iteration >= 3 and residual < 1' },
  });
  expect(condition.failure?.code).toBe('condition-met');
  expect(
    (await runWatched(overrides, { restarts: false, monitors: { energyJumpEv: 100, stalledIterations: 20 } })).state,
  ).toBe('finished');
});
