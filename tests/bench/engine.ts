// AiiDA's arithmetic benchmark on our engine: n workflows, each one job that adds two numbers through the direct scheduler in a run folder of
// its own, with full provenance; and the same without a process per job. On a database and with workers of its own.
// Then the same beside so many workflows stored before: the cost of each must not grow.
// usage: brine bench engine [--count N] [--workers 1,2,4] [--cores N] [--only process|worker] [--stored 1000,100000]   (prints; never fails on a time)
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { closeDatabase, db } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { startPostgres } from '@/server/db/postgres';
import type { Actor } from '@/server/services/actor';
import { submitSum } from '@/server/services/arithmetic/submit-sum';
import { ensureLocalOwner, localOwner } from '@/server/services/auth/local-owner';
import { copyFinished } from './support/copy-finished';
import { runBench } from './support/run-bench';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '400' },
    workers: { type: 'string', default: '1,2,4' },
    /** Jobs at once: they hardly compute. */
    cores: { type: 'string', default: '8' },
    only: { type: 'string' },
    stored: { type: 'string', default: '' },
    profile: { type: 'boolean', default: false },
  },
});
const COUNT = Number(values.count);
/** A workflow is two processes: itself and its job. */
const PROCESSES_EACH = 2;
const SUBMITTERS = 4;
const IDLE_TRIES = 10;
/** A line that takes longer than this is given up, and says so. */
const LINE_MAX_MS = 600_000;
const running = new Set<ChildProcess>();

const words = (hasJobProcess: boolean) => (hasJobProcess ? 'a process per job' : 'within the worker');
const perHour = (count: number, ms: number) => Math.round((count / ms) * 3_600_000).toLocaleString('en');
const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
const end = (workers: ChildProcess[]) =>
  Promise.all(
    workers.map((child) => {
      child.kill('SIGTERM');
      return new Promise((resolve) => child.once('exit', resolve));
    }),
  );

const dataFolder = mkdtempSync(join(tmpdir(), 'brine-bench-'));
chmodSync(dataFolder, 0o711);
process.env.BRINE_DATA = dataFolder;
const starting = startPostgres(dataFolder);
await runBench(measure, async () => {
  for (const child of running) child.kill('SIGKILL');
  await closeDatabase();
  await (await starting).stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

async function prepare(): Promise<void> {
  const { url } = await starting;
  process.env.DATABASE_URL = url;
  await migrate(url);
  await DBOS.migrate(url);
  await ensureLocalOwner();
}

async function measure(): Promise<void> {
  await prepare();
  const load = loadavg()[0]!.toFixed(1);
  console.log(
    `${availableParallelism()} cores, load ${load} before the start; ${COUNT} workflows a line, reuse refused`,
  );
  // The queue is made by the first worker.
  const first = await startWorkers(1);
  await measureIdle(true);
  await measureIdle(false);
  await end(first);
  for (const hasJobProcess of [true, false]) {
    if (values.only && (values.only === 'process') !== hasJobProcess) continue;
    for (const count of values.workers.split(',').map(Number)) await measureRate(count, hasJobProcess);
  }
  if (values.stored) await measureStored(values.stored.split(',').map(Number));
}

async function measureStored(counts: number[]): Promise<void> {
  const model = await db().process.findFirstOrThrow({
    where: { name: 'arithmetic', state: 'finished', children: { some: { attempt: { gt: 0 } } } },
  });
  const count = () => db().process.count({ where: { name: 'arithmetic' } });
  let first = 0;
  for (const wanted of counts) {
    const missing = wanted - (await count());
    if (missing > 0) await copyFinished(model.id, first, missing);
    first += Math.max(0, missing);
    console.log(`\nbeside ${(await count()).toLocaleString('en')} stored workflows:`);
    for (const hasJobProcess of [true, false]) await measureRate(2, hasJobProcess);
  }
}

async function measureIdle(hasJobProcess: boolean): Promise<void> {
  const waits: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i < IDLE_TRIES; i++) {
    await sleep(300);
    const submitted = Date.now();
    const id = await submitOne(hasJobProcess);
    await untilDone(1, new Set([id]));
    const { startedAt, finishedAt } = await db().process.findFirstOrThrow({
      where: { calculationId: id, kind: 'job' },
    });
    waits.push(startedAt!.getTime() - submitted);
    ends.push(finishedAt!.getTime() - submitted);
  }
  const line = `idle, ${words(hasJobProcess)}`.padEnd(44);
  console.log(`${line} submit to start ${median(waits)} ms (largest ${Math.max(...waits)}), to end ${median(ends)} ms`);
}

async function measureRate(workerCount: number, hasJobProcess: boolean): Promise<void> {
  const before = await size();
  const began = performance.now();
  const ids = new Set<string>();
  await Promise.all(
    Array.from({ length: SUBMITTERS }, async () => {
      while (ids.size < COUNT) {
        const place = `taken ${ids.size}`;
        ids.add(place);
        const id = await submitOne(hasJobProcess);
        ids.delete(place);
        ids.add(id);
      }
    }),
  );
  const submitMs = performance.now() - began;
  const workers = await startWorkers(workerCount);
  const started = performance.now();
  await untilDone(COUNT, ids);
  const ms = performance.now() - started;
  const after = await size();
  await end(workers);
  const failed = await db().process.count({ where: { calculationId: { in: [...ids] }, state: { not: 'finished' } } });
  const line = `${workerCount} ${workerCount === 1 ? 'worker' : 'workers'}, ${words(hasJobProcess)}`.padEnd(44);
  console.log(
    `${line} ${perHour(COUNT, ms).padStart(8)} workflows, ${perHour(PROCESSES_EACH * COUNT, ms).padStart(8)} processes an hour (${(ms / COUNT).toFixed(1)} ms a workflow), submitted at ${perHour(COUNT, submitMs)} an hour, ` +
      `${((after.rows - before.rows) / COUNT).toFixed(1)} rows and ${((after.bytes - before.bytes) / COUNT / 1024).toFixed(1)} kB a workflow` +
      (failed > 0 ? `, ${failed} NOT FINISHED` : ''),
  );
}

function submitOne(hasJobProcess: boolean): Promise<string> {
  const number = () => Math.floor(Math.random() * 100);
  const actor: Actor = localOwner;
  return db().$transaction((tx) => submitSum(tx, actor, { x: number(), y: number(), hasJobProcess }));
}

/** Waits until so many of the workflows have ended. */
async function untilDone(count: number, ids: Set<string>): Promise<void> {
  const list = [...ids];
  for (const deadline = Date.now() + LINE_MAX_MS; ; ) {
    const [row] = await db().$queryRaw<{ done: number }[]>`
      SELECT count(*)::int AS "done" FROM "Process"
      WHERE "id" = ANY(${list}::uuid[]) AND "state" IN ('finished', 'failed', 'killed')`;
    if (row!.done >= count) return;
    if (Date.now() > deadline) throw new Error(`only ${row!.done} of ${count} have ended`);
    await sleep(count === 1 ? 20 : 100);
  }
}

/** Of the whole database, with what orchestration keeps. */
async function size(): Promise<{ rows: number; bytes: number }> {
  await db().$executeRawUnsafe('ANALYZE');
  const [row] = await db().$queryRaw<{ rows: number; bytes: number }[]>`
    SELECT sum(c.reltuples)::float8 AS "rows", sum(pg_total_relation_size(c.oid))::float8 AS "bytes"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'dbos')`;
  return row!;
}

async function startWorkers(count: number): Promise<ChildProcess[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const flags = values.profile ? ['--cpu-prof', '--cpu-prof-dir=/tmp/brine-engine-profile'] : [];
      const child = spawn(process.execPath, [...flags, 'dist/worker.mjs'], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, BRINE_SEED: '0', BRINE_CORES: values.cores, BRINE_LOG: 'error' },
      });
      running.add(child);
      child.once('exit', () => running.delete(child));
      await new Promise<void>((resolve, reject) => {
        child.once('message', () => resolve());
        child.once('exit', (code) => reject(new Error(`a worker ended with ${code}`)));
      });
      return child;
    }),
  );
}
