import type { Database } from '@/server/db/client';
import { appendEvents } from './events';

/** The channel that tells workers that somebody wants something of a calculation: look at its rows. The payload is its id. */
export const WISH_CHANNEL = 'brine_wishes';

const tellWorkers = (tx: Database, calculationId: string) =>
  tx.$executeRaw`SELECT pg_notify(${WISH_CHANNEL}, ${calculationId})`;

/**
 * Asks for the end of a calculation. What no living worker holds ends here and now; a worker ends what it holds, with its
 * job. Called within a transaction.
 */
export async function requestStop(tx: Database, calculationId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Process" SET "stopRequestedAt" = now()
    WHERE "calculationId" = ${calculationId}::uuid AND "stopRequestedAt" IS NULL
      AND "state" NOT IN ('finished', 'failed', 'killed')`;
  const ended = await tx.$queryRaw<Moved[]>`
    UPDATE "Process" p SET "state" = 'killed', "finishedAt" = now(), "phase" = NULL
    WHERE p."calculationId" = ${calculationId}::uuid AND p."state" IN ('created', 'waiting', 'queued', 'paused')
      AND p."kind" = 'workflow' AND p."workerId" IS NULL
    RETURNING p."id", p."projectId"`;
  await tellMoved(tx, calculationId, ended, 'killed');
  await tellWorkers(tx, calculationId);
}

/** Has a calculation wait: its worker checkpoints what runs and keeps what waits out of the queue. One that is not begun waits at once. */
export async function requestPause(tx: Database, calculationId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Calculation" SET "pausedAt" = now()
    WHERE "id" = ${calculationId}::uuid AND "pausedAt" IS NULL`;
  const paused = await tx.$queryRaw<Moved[]>`
    UPDATE "Process" SET "state" = 'paused'
    WHERE "id" = ${calculationId}::uuid AND "state" IN ('created', 'waiting') AND "workerId" IS NULL
    RETURNING "id", "projectId"`;
  await tellMoved(tx, calculationId, paused, 'paused');
  await tellWorkers(tx, calculationId);
}

/**
 * Lets a calculation go on that was made to wait, and its jobs that paused because of their computer. One that is not begun, since it waits
 * for others, waits on.
 */
export async function requestGoOn(tx: Database, calculationId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Calculation" SET "pausedAt" = NULL WHERE "id" = ${calculationId}::uuid`;
  await tx.$executeRaw`UPDATE "Process" SET "goOnRequestedAt" = now()
    WHERE "calculationId" = ${calculationId}::uuid AND "kind" = 'job' AND "state" = 'paused' AND "failure" IS NOT NULL`;
  const moved = await tx.$queryRaw<(Moved & { state: 'created' | 'waiting' })[]>`
    UPDATE "Process" p SET "failure" = NULL, "state" = CASE WHEN EXISTS (SELECT 1 FROM "CalculationWait" w
      WHERE w."calculationId" = p."id" AND w."metAt" IS NULL) THEN 'waiting' ELSE 'created' END::"ProcessState"
    WHERE p."id" = ${calculationId}::uuid AND p."state" = 'paused' AND p."workerId" IS NULL
    RETURNING p."id", p."projectId", p."state"::text AS "state"`;
  for (const { state, ...row } of moved) await tellMoved(tx, calculationId, [row], state);
  await tellWorkers(tx, calculationId);
}

/**
 * The workflows of a calculation after one of its jobs was paused or taken up again: paused where a job waits for a person and
 * none is under way, else running. They do no work of their own, so that no lease is asked for.
 */
export async function settleWorkflows(tx: Database, calculationId: string): Promise<void> {
  // One after the other: two jobs that pause at once would each see the other at work.
  await tx.$queryRaw`SELECT 1 FROM "Calculation" WHERE "id" = ${calculationId}::uuid FOR UPDATE`;
  const moved = await tx.$queryRaw<(Moved & { state: 'paused' | 'running' })[]>`
    UPDATE "Process" w SET "state" = s."state" FROM (
      SELECT w."id", CASE
        WHEN bool_or(j."state" IN ('queued', 'running')) THEN 'running'::"ProcessState"
        WHEN bool_or(j."state" = 'paused') THEN 'paused'::"ProcessState" END AS "state"
      FROM "Process" w JOIN "Process" j ON j."calculationId" = w."calculationId" AND j."kind" = 'job'
        AND (w."parentId" IS NULL OR j."parentId" = w."id")
      WHERE w."calculationId" = ${calculationId}::uuid AND w."kind" = 'workflow' AND w."state" IN ('running', 'paused')
      GROUP BY w."id") s
    WHERE w."id" = s."id" AND s."state" IS NOT NULL AND w."state" <> s."state" AND w."state" IN ('running', 'paused')
    RETURNING w."id", w."projectId", w."state"::text AS "state"`;
  for (const { state, ...row } of moved) await tellMoved(tx, calculationId, [row], state);
}

interface Moved {
  id: string;
  projectId: string;
}

async function tellMoved(
  tx: Database,
  calculationId: string,
  rows: Moved[],
  state: 'created' | 'waiting' | 'running' | 'paused' | 'killed',
): Promise<void> {
  for (const { id, projectId } of rows)
    await appendEvents(tx, { projectId, calculationId, processId: id }, [
      { kind: 'state', state, phase: null, failure: null },
    ]);
}
