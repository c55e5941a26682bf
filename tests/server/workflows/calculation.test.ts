import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inspectRun } from '@/server/computers/local/run';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { submitSum } from '@/server/services/arithmetic/submit-sum';
import { processIdOf } from '@/server/workflows/job/load-job';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import {
  countRuns,
  endWorker,
  silicon,
  startWorker,
  submitSilicon,
  type TestWorker,
  untilIteration,
  untilState,
} from './workers';

// Whole workers start and end here: on a busy machine that takes its time.

let platform: TestPlatform;
let workers: TestWorker[] = [];
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => endWorker(worker, 'SIGKILL')));
  workers = [];
});
afterAll(() => platform?.stop());

async function startWorkers(count: number): Promise<TestWorker[]> {
  const started = await Promise.all(Array.from({ length: count }, () => startWorker()));
  workers.push(...started);
  return started;
}

const jobIds = async (calculationId: string) =>
  (await db().process.findMany({ where: { calculationId, kind: 'job' } })).map((row) => row.id);

test('a calculation runs its shared job once, then each property, and keeps results with their provenance', async () => {
  await startWorkers(1);
  const { id } = await submitSilicon(platform.actor, 4);
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  const caller = createCaller({ actor: platform.actor });
  const results = await caller.calculations.results({ id });
  expect(results.scf?.energyEv).toBeCloseTo(-7.9 * 27.211386245988, 9);
  expect(results.properties.bands?.ticks[0]?.label).toBe('Γ');
  expect(results.properties.dos?.energiesEv).toHaveLength(2);
  expect((await jobIds(id)).map(countRuns)).toEqual([1, 1, 1]);
  const scf = await db().process.findFirstOrThrow({
    where: { calculationId: id, name: 'scf' },
    include: { links: true },
  });
  expect(scf.links.map((link) => `${link.kind} ${link.name}`).sort()).toEqual([
    'create density',
    'create files',
    'create result',
  ]);
  const events = await db().processEvent.findMany({ where: { calculationId: id }, orderBy: { number: 'asc' } });
  expect(events.map((event) => event.number)).toEqual(events.map((_, i) => events[0]!.number + i));
  const told = events.map((event) => event.data as { kind: string; progress?: { kind: string; iteration?: number } });
  expect(told.flatMap(({ progress }) => (progress?.kind === 'scf' ? [progress.iteration] : [])).slice(0, 4)).toEqual([
    1, 2, 3, 4,
  ]);
  const [log] = await caller.calculations.log({ id, process: 'scf' });
  expect(log?.process).toBe('scf');
});

test('the same job in the same project is not computed again, and the provenance says so', async () => {
  await startWorkers(1);
  const first = await submitSilicon(platform.actor, 5, {}, true);
  await untilState(first.id, ['finished']);
  const second = await submitSilicon(platform.actor, 5, {}, true);
  await untilState(second.id, ['finished']);
  const jobs = await db().process.findMany({
    where: { calculationId: second.id, kind: 'job' },
    // What they took from others stands beside what they made.
    include: { links: { where: { kind: { not: 'input' } } } },
  });
  expect(jobs.map((job) => countRuns(job.id))).toEqual([0, 0, 0]);
  expect(jobs.every((job) => job.reusedFromId && job.links.every((link) => link.kind === 'return'))).toBe(true);
  const refused = await submitSilicon(platform.actor, 5, {}, false);
  await untilState(refused.id, ['finished']);
  expect((await jobIds(refused.id)).map(countRuns)).toEqual([1, 1, 1]);
});

test('a worker that is killed in mid-job is replaced: the job goes on and nothing runs twice', async () => {
  const [first] = await startWorkers(1);
  const { id } = await submitSilicon(platform.actor, 60);
  const job = await untilIteration(id, 5);
  await endWorker(first!, 'SIGKILL');
  await startWorkers(1);
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  expect(countRuns(job)).toBe(1);
  const events = await db().processEvent.findMany({ where: { processId: job }, orderBy: { number: 'asc' } });
  const iterations = events.flatMap((event) => {
    const { progress } = event.data as { progress?: { kind: string; iteration?: number } };
    return progress?.kind === 'scf' ? [progress.iteration] : [];
  });
  expect(iterations).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
});

test('two workers share the queue and start every job once', async () => {
  await startWorkers(2);
  const submitted = await Promise.all(Array.from({ length: 4 }, (_, i) => submitSilicon(platform.actor, 3 + i)));
  for (const { id } of submitted) expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  for (const { id } of submitted) expect((await jobIds(id)).map(countRuns)).toEqual([1, 1, 1]);
  // One link of each kind to a process: no worker stored its outputs a second time.
  const links = await db().link.groupBy({ by: ['processId', 'kind', 'name'], _count: true });
  expect(Math.max(...links.map((link) => link._count))).toBe(1);
});

test('the second of two workers takes over from the first when that is killed', async () => {
  const [first, second] = await startWorkers(2);
  const { id } = await submitSilicon(platform.actor, 60);
  const job = await untilIteration(id, 5);
  const { workerId } = await db().process.findUniqueOrThrow({ where: { id: job } });
  const { pid } = await db().worker.findUniqueOrThrow({ where: { id: workerId! } });
  await endWorker(first!.process.pid === pid ? first! : second!, 'SIGKILL');
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  expect(countRuns(job)).toBe(1);
});

test('at an orderly end jobs write their checkpoint, return to queued, and go on at the next start', async () => {
  const [first] = await startWorkers(1);
  const { id } = await submitSilicon(platform.actor, 40);
  const job = await untilIteration(id, 5);
  await endWorker(first!, 'SIGTERM');
  const waiting = await db().process.findUniqueOrThrow({ where: { id: job } });
  expect(waiting.state).toBe('queued');
  expect(inspectRun(`${platform.dataFolder}/runs/${job}`, waiting.attempt)).toEqual({ kind: 'ended', exitCode: 75 });
  await startWorkers(1);
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  expect(countRuns(job)).toBe(2);
  const notes = await db().processEvent.findMany({ where: { processId: job } });
  expect(notes.map((event) => JSON.stringify(event.data)).some((text) => text.includes('goes on at iteration'))).toBe(
    true,
  );
});

test('stopping ends the process group of the job and the whole tree', async () => {
  await startWorkers(1);
  const { id } = await submitSilicon(platform.actor, 400);
  const job = await untilIteration(id, 3);
  const { attempt } = await db().process.findUniqueOrThrow({ where: { id: job } });
  await createCaller({ actor: platform.actor }).calculations.stop({ id });
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('killed');
  expect(inspectRun(`${platform.dataFolder}/runs/${job}`, attempt).kind).not.toBe('running');
  const states = await db().process.findMany({ where: { calculationId: id } });
  expect(states.every((row) => row.state === 'killed')).toBe(true);
});

test('a paused calculation writes its checkpoint and waits, through a restart of the worker, until it shall go on', async () => {
  const [first] = await startWorkers(1);
  const { id } = await submitSilicon(platform.actor, 60);
  const job = await untilIteration(id, 5);
  const caller = createCaller({ actor: platform.actor });
  expect((await caller.calculations.pause({ id })).pausedAt).toBeInstanceOf(Date);
  await untilState(id, ['paused']);
  const { state, attempt } = await db().process.findUniqueOrThrow({ where: { id: job } });
  expect(state).toBe('paused');
  expect(inspectRun(`${platform.dataFolder}/runs/${job}`, attempt)).toEqual({ kind: 'ended', exitCode: 75 });
  await endWorker(first!, 'SIGTERM');
  await startWorkers(1);
  const other = await submitSilicon(platform.actor, 3);
  await untilState(other.id, ['finished']);
  expect((await db().process.findUniqueOrThrow({ where: { id } })).state).toBe('paused');
  expect(countRuns(job)).toBe(1);
  await caller.calculations.goOn({ id });
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  expect(countRuns(job)).toBe(2);
  await expect(caller.calculations.pause({ id })).rejects.toThrow('has ended');
});

test('what waits for its turn stays out of the queue while it is paused, and can be stopped there', async () => {
  const caller = createCaller({ actor: platform.actor });
  const unbegun = await submitSilicon(platform.actor, 3);
  expect((await caller.calculations.pause({ id: unbegun.id })).state).toBe('paused');
  expect((await caller.calculations.goOn({ id: unbegun.id })).state).toBe('created');
  await caller.calculations.pause({ id: unbegun.id });
  await startWorkers(1);
  const running = await submitSilicon(platform.actor, 40);
  await untilIteration(running.id, 3);
  await untilState(unbegun.id, ['paused']);
  expect((await jobIds(unbegun.id)).map(countRuns)).toEqual([0, 0, 0]);
  await caller.calculations.stop({ id: unbegun.id });
  expect(await untilState(unbegun.id, ['finished', 'failed', 'killed'])).toBe('killed');
  expect(await untilState(running.id, ['finished', 'failed', 'killed'])).toBe('finished');
});

test('a project and a computer keep to their number of jobs at once, which can be changed meanwhile', async () => {
  const caller = createCaller({ actor: platform.actor });
  await startWorkers(1);
  const computer = (await caller.computers.list())[0]!.id;
  const limits = [
    (jobsMax: number | null) => caller.projects.limit({ jobsMax }),
    (jobsMax: number | null) => caller.computers.limit({ id: computer, jobsMax }),
  ];
  for (const limit of limits) {
    await limit(1);
    // The first runs for so long that the second begins beside it on a busy machine too.
    const first = await submitSilicon(platform.actor, 150);
    await untilIteration(first.id, 3);
    const second = await submitSilicon(platform.actor, 31);
    const jobOfSecond = async () => (await caller.calculations.get({ id: second.id })).tree.children[0];
    await expect.poll(jobOfSecond, { timeout: 5_000 }).toMatchObject({ state: 'queued', queuePosition: 1 });
    expect((await jobOfSecond())!.expectedStartAt!.getTime()).toBeGreaterThan(Date.now() - 5_000);
    await limit(null);
    await untilIteration(second.id, 1);
    expect((await db().process.findUniqueOrThrow({ where: { id: first.id } })).state).toBe('running');
    for (const { id } of [first, second])
      expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  }
});

test('a calculation that no worker has begun can be stopped too', async () => {
  const { id } = await submitSilicon(platform.actor, 3);
  await createCaller({ actor: platform.actor }).calculations.stop({ id });
  expect(await untilState(id, ['killed'])).toBe('killed');
  await startWorkers(1);
  const { id: next } = await submitSilicon(platform.actor, 3);
  await untilState(next, ['finished']);
  expect(await untilState(id, ['killed'])).toBe('killed');
});

test('a cycle that did not converge is tried again with less mixing, as a note says; refused, it is not', async () => {
  await startWorkers(1);
  const caller = createCaller({ actor: platform.actor });
  const file = {
    structure: structuredClone(silicon) as never,
    properties: { bands: {} },
    protocol: 'fast' as const,
    useCache: false,
    overrides: { cutoffHartree: 19 },
  };
  const { id } = await caller.calculations.run({ ...file, resources: { cores: 1 } });
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
  const job = await db().process.findFirstOrThrow({ where: { calculationId: id, name: 'scf' } });
  expect(job).toMatchObject({ attempt: 2, exitCode: 0, restarts: [expect.stringContaining('0.3 of mixing')] });
  const told = (await caller.calculations.history({ id })).flatMap(({ data }) =>
    data.kind === 'note' ? data.message : [],
  );
  expect(told).toEqual(job.restarts);
  const refused = await caller.calculations.run({ ...file, resources: { cores: 1, restarts: false } });
  expect(await untilState(refused.id, ['finished', 'failed', 'killed'])).toBe('failed');
  expect((await jobIds(refused.id)).map(countRuns).toSorted()).toEqual([0, 1]);
});

test('a monitor ends a job with a failure of its own name', async () => {
  await startWorkers(1);
  const { id } = await createCaller({ actor: platform.actor }).calculations.run({
    ...{ structure: structuredClone(silicon) as never, properties: { bands: {} }, protocol: 'fast', useCache: false },
    overrides: { maxIterations: 400 },
    resources: { cores: 1, monitors: { condition: 'iteration >= 6 and residual < 1e-3' } },
  });
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('failed');
  const { failure } = await createCaller({ actor: platform.actor }).calculations.get({ id });
  expect(failure).toMatchObject({ code: 'condition-met', message: expect.stringContaining('iteration >= 6') });
});

test('a sum runs as a job of its own and within the worker, with its provenance', async () => {
  await startWorkers(1);
  const submit = (hasJobProcess: boolean) =>
    db().$transaction((tx) => submitSum(tx, platform.actor, { x: 19, y: 23, hasJobProcess }));
  for (const hasJobProcess of [true, false]) {
    const id = await submit(hasJobProcess);
    expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
    const links = await db().link.findMany({ where: { process: { calculationId: id } }, include: { dataNode: true } });
    expect(links.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'call add',
      ...(hasJobProcess ? ['create files'] : []),
      ...['create sum', 'input x', 'input x', 'input y', 'input y', 'return sum'],
    ]);
    expect(links.find(({ kind }) => kind === 'return')?.dataNode?.value).toBe(42);
  }
});

test('a sum within a worker that died in the middle of it is ended by another', async () => {
  const [first] = await startWorkers(1);
  await endWorker(first!, 'SIGTERM');
  const id = await db().$transaction((tx) => submitSum(tx, platform.actor, { x: 19, y: 23, hasJobProcess: false }));
  const dead = await db().worker.findFirstOrThrow({ where: { stoppedAt: { not: null } } });
  const job = { id: processIdOf(id, 'add'), kind: 'job', name: 'add', title: 'Sum', state: 'running' } as const;
  await db().process.create({
    data: { ...job, projectId: platform.actor.projectId, calculationId: id, parentId: id, workerId: dead.id, cores: 1 },
  });
  await startWorkers(1);
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
});

test('a calculation that was taken up more than a hundred times goes on', async () => {
  const [first] = await startWorkers(1);
  const { id } = await submitSilicon(platform.actor, 400);
  await untilIteration(id, 2);
  await endWorker(first!, 'SIGKILL');
  await db().$executeRaw`UPDATE dbos.workflow_status SET recovery_attempts = 500 WHERE workflow_uuid = ${id}`;
  await startWorkers(1);
  expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
});

test('bad input and no convergence end with their exit code and a sentence', async () => {
  await startWorkers(1);
  const bad = await submitSilicon(platform.actor, 3, { cutoffHartree: 13 });
  const unconverged = await submitSilicon(platform.actor, 3, { cutoffHartree: 17 });
  await untilState(bad.id, ['failed']);
  await untilState(unconverged.id, ['failed']);
  const caller = createCaller({ actor: platform.actor });
  const refused = await caller.calculations.get({ id: bad.id });
  expect(refused.exitCode).toBe(2);
  expect(refused.failure).toMatchObject({ code: 'unlucky', message: 'A cutoff of 13 Ha brings bad luck.' });
  expect(refused.tree.children.find((child) => child.name === 'bands')?.failure?.code).toBe('skipped');
  const open = await caller.calculations.get({ id: unconverged.id });
  expect(open.exitCode).toBe(3);
  expect(open.failure?.code).toBe('not-converged');
  expect((await caller.calculations.results({ id: unconverged.id })).scf?.converged).toBe(false);
});
