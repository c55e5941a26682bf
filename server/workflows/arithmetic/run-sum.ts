import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '@/server/computers/driver';
import { localDriver } from '@/server/computers/local/driver';
import { putBlob } from '@/server/db/blobs';
import { type Database, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { env } from '@/server/env';
import { isTerminal } from '@/server/schemas/process';
import { resourcesSchema } from '@/server/schemas/settings';
import type { Sum } from '@/server/services/arithmetic/submit-sum';
import { acquire, type Transition, transition } from '@/server/services/processes/transition';
import type { End } from '../job/end-job';
import { processIdOf } from '../job/load-job';
import { takeTurn } from '../job/take-turn';
import { watchRun } from '../job/watch-run';
import { workerState } from '../worker-state';

const JOB = 'add';
const resources = resourcesSchema.parse({ timeLimitSeconds: 600 });

/** Adds two numbers with everything around it that a calculation has. May be called again after a crash. */
export async function runSum(calculationId: string): Promise<void> {
  const { workerId } = workerState();
  await acquire(workerId, calculationId);
  const root = await db().process.findUniqueOrThrow({ where: { id: calculationId }, include: { calculation: true } });
  if (isTerminal(root.state)) return;
  const sum = root.calculation!.inputs as unknown as Sum;
  const jobId = processIdOf(calculationId, JOB);
  const job: SumJob = { id: jobId, calculationId, projectId: root.projectId };
  // One that another worker began is its own until this one takes it.
  if (!(await begin(job, sum))) await acquire(workerId, jobId);
  if (sum.hasJobProcess) await runAsJob(job, sum);
  else await conclude(job, { sum: sum.x + sum.y, stdout: null });
}

interface SumJob {
  id: string;
  calculationId: string;
  projectId: string;
}

/**
 * The job with its links, which runs at once where it has no process of its own; and the root as running. Gives whether the job
 * is new.
 */
async function begin({ id: jobId, calculationId, projectId }: SumJob, { hasJobProcess }: Sum): Promise<boolean> {
  const { workerId, computerId } = workerState();
  return db().$transaction(async (tx) => {
    const linkCount = await tx.$executeRaw`
      WITH job AS (
        INSERT INTO "Process" ("id", "projectId", "calculationId", "parentId", "kind", "name", "title", "ordinal", "state", "workerId",
          "computerId", "cores", "memoryBytes", "expectedSeconds", "startedAt")
        SELECT ${jobId}::uuid, ${projectId}::uuid, ${calculationId}::uuid, ${calculationId}::uuid, 'job', ${JOB}, 'Sum', 0,
          CASE WHEN ${hasJobProcess}::boolean THEN 'waiting' ELSE 'running' END::"ProcessState",
          ${workerId}::uuid, ${computerId}::uuid, 1, 0, 0.01, CASE WHEN ${hasJobProcess}::boolean THEN NULL ELSE now() END
        ON CONFLICT DO NOTHING RETURNING "id")
      INSERT INTO "Link" ("id", "kind", "name", "processId", "dataNodeId", "calledId")
      SELECT gen_random_uuid(), 'input'::"LinkKind", l."name", job."id", l."dataNodeId", NULL FROM job, "Link" l
      WHERE l."processId" = ${calculationId}::uuid AND l."kind" = 'input'
      UNION ALL SELECT gen_random_uuid(), 'call'::"LinkKind", ${JOB}, ${calculationId}::uuid, NULL, job."id" FROM job`;
    await transition(workerId, { processId: calculationId, to: 'running' }, tx);
    return linkCount > 0;
  });
}

async function runAsJob(job: SumJob, { x, y }: Sum): Promise<void> {
  const { computerId } = workerState();
  const jobId = job.id;
  const found = await db().process.findUniqueOrThrow({ where: { id: jobId } });
  if (isTerminal(found.state)) return;
  const row = { ...found, calculationId: job.calculationId };
  const attempt = row.state === 'running' ? row.attempt : await takeTurn(row, computerId);
  if (attempt === null) return conclude(job, null);
  const run: Run = { id: jobId, attempt, folder: join(env().runFolder, jobId) };
  await localDriver.start(run, {
    program: 'sh',
    // The numbers are arguments of the script, not a part of it.
    command: ['sh', '-c', 'echo $(($1 + $2))', JOB, String(x), String(y)],
    environment: {},
    files: { 'input.json': JSON.stringify({ x, y }) },
    blobs: {},
    key: '',
    cores: 1,
    memoryBytes: 0,
    expectedSeconds: 0.01,
    timeLimitSeconds: resources.timeLimitSeconds,
  });
  const watched = { row, driver: localDriver, resources };
  const end: End = await watchRun({ job: watched, run, seen: 0, timeLimitSeconds: resources.timeLimitSeconds });
  if (end.kind !== 'exited' || end.exitCode !== 0) return conclude(job, null);
  const stdout = await readFile(join(run.folder, 'stdout'));
  await conclude(job, { sum: Number(stdout.toString('utf8')), stdout });
}

interface Outcome {
  sum: number;
  /** Of a job with a process of its own. */
  stdout: Buffer | null;
}

/** The sum and what the job left as nodes, with their links, and both processes at their end: all of it or nothing. */
async function conclude(job: SumJob, outcome: Outcome | null): Promise<void> {
  const { workerId } = workerState();
  const blob = outcome?.stdout ? await putBlob(db(), outcome.stdout) : null;
  const isRight = outcome !== null && Number.isFinite(outcome.sum);
  const end: Omit<Transition, 'processId'> = isRight ? { to: 'finished', exitCode: 0 } : noSum;
  await db().$transaction(async (tx) => {
    if (!(await transition(workerId, { processId: job.id, ...end }, tx))) return;
    if (isRight) await writeSum(tx, { ...job, jobId: job.id, sum: outcome.sum, sha256: blob?.sha256 ?? null });
    await transition(workerId, { processId: job.calculationId, ...end }, tx);
  });
}

const noSum = {
  to: 'failed',
  exitCode: 1,
  failure: { code: 'no-sum', message: 'There is no sum.', advice: null },
} as const;

interface SumRows {
  projectId: string;
  calculationId: string;
  jobId: string;
  sum: number;
  sha256: string | null;
}

async function writeSum(tx: Database, { projectId, calculationId, jobId, sum, sha256 }: SumRows): Promise<void> {
  const [sumId, filesId] = [newId(), newId()];
  await tx.$executeRaw`
    WITH nodes AS (
      INSERT INTO "DataNode" ("id", "projectId", "kind", "schemaVersion", "value")
      SELECT ${sumId}::uuid, ${projectId}::uuid, 'number', 1, ${JSON.stringify(sum)}::jsonb
      UNION ALL SELECT ${filesId}::uuid, ${projectId}::uuid, 'job-files', 1, NULL WHERE ${sha256}::text IS NOT NULL),
    files AS (
      INSERT INTO "DataNodeFile" ("dataNodeId", "name", "sha256", "mediaType")
      SELECT ${filesId}::uuid, 'stdout', ${sha256}::text, 'text/plain; charset=utf-8' WHERE ${sha256}::text IS NOT NULL)
    INSERT INTO "Link" ("id", "kind", "name", "processId", "dataNodeId")
    SELECT gen_random_uuid(), 'create'::"LinkKind", 'sum', ${jobId}::uuid, ${sumId}::uuid
    UNION ALL SELECT gen_random_uuid(), 'return'::"LinkKind", 'sum', ${calculationId}::uuid, ${sumId}::uuid
    UNION ALL SELECT gen_random_uuid(), 'create'::"LinkKind", 'files', ${jobId}::uuid, ${filesId}::uuid WHERE ${sha256}::text IS NOT NULL`;
}
