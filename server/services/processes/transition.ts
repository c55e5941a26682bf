import { type Database, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { Failure, ProcessState } from '@/server/schemas/process';
import { EVENT_CHANNEL } from './events';

/** The channel that tells workers that a job came to the queue or made room; the payload is the computer's id. */
export const ROOM_CHANNEL = 'brine_room';

/** From which states a state may be reached. */
const allowed = {
  created: [],
  waiting: ['created', 'paused'],
  queued: ['created', 'waiting', 'running', 'paused', 'queued'],
  running: ['created', 'waiting', 'queued', 'paused'],
  paused: ['created', 'waiting', 'queued', 'running'],
  finished: ['created', 'waiting', 'queued', 'running'],
  failed: ['created', 'waiting', 'queued', 'running', 'paused'],
  killed: ['created', 'waiting', 'queued', 'running', 'paused'],
} as const satisfies Record<ProcessState, readonly ProcessState[]>;

export interface Transition {
  processId: string;
  to: ProcessState;
  phase?: string | null;
  exitCode?: number;
  /** Null: it is mended. */
  failure?: Failure | null;
  reusedFromId?: string;
}

/**
 * Moves a process to another state in one conditional UPDATE, fenced by the worker's lease: a worker whose lease ran out, or
 * whose process another worker holds by now, changes nothing and gets `lease-lost`. Returns false where the process is
 * already there or past it (a replayed step). The event is written in the same statement.
 * The project's row stays locked to the end of the caller's transaction: what comes after it there is short.
 */
export async function transition(workerId: string, change: Transition, tx: Database = db()): Promise<boolean> {
  const moved = await write(tx, workerId, change, false);
  if (!moved) await requireLease(tx, workerId, change.processId);
  return moved !== undefined;
}

/** A job begins to run, with the next number of its attempts, which is given; null where it runs already or has ended. */
export async function startAttempt(workerId: string, processId: string, tx: Database): Promise<number | null> {
  const moved = await write(tx, workerId, { processId, to: 'running', phase: 'starting' }, true);
  if (!moved) await requireLease(tx, workerId, processId);
  return moved?.attempt ?? null;
}

/** The row, its event with the next number of the project, and the notices, in one statement: states change often. */
async function write(
  tx: Database,
  workerId: string,
  change: Transition,
  isNewAttempt: boolean,
): Promise<{ attempt: number } | undefined> {
  const { to } = change;
  const isEnd = to === 'finished' || to === 'failed' || to === 'killed';
  const failure = change.failure ? JSON.stringify(change.failure) : null;
  const now = new Date();
  const [moved] = await tx.$queryRaw<{ attempt: number }[]>`
    WITH moved AS (
      UPDATE "Process" p SET
        "state" = ${to}::"ProcessState",
        "phase" = CASE WHEN ${isEnd}::boolean THEN NULL ELSE coalesce(${change.phase ?? null}::text, p."phase") END,
        "exitCode" = coalesce(${change.exitCode ?? null}::int, p."exitCode"),
        "failure" = CASE WHEN ${change.failure === null}::boolean THEN NULL ELSE coalesce(${failure}::jsonb, p."failure") END,
        "goOnRequestedAt" = NULL,
        "reusedFromId" = coalesce(${change.reusedFromId ?? null}::uuid, p."reusedFromId"),
        "queuedAt" = CASE WHEN ${to} = 'queued' THEN ${now}::timestamptz ELSE p."queuedAt" END,
        "startedAt" = CASE WHEN ${to} = 'running' THEN coalesce(p."startedAt", ${now}::timestamptz) ELSE p."startedAt" END,
        "finishedAt" = CASE WHEN ${isEnd}::boolean THEN ${now}::timestamptz ELSE p."finishedAt" END,
        "attempt" = p."attempt" + ${isNewAttempt ? 1 : 0}::int,
        "progressLines" = CASE WHEN ${isNewAttempt}::boolean THEN 0 ELSE p."progressLines" END
      WHERE p."id" = ${change.processId}::uuid AND p."state"::text = ANY(${[...allowed[to]]}::text[])
        AND p."workerId" = ${workerId}::uuid
        AND EXISTS (SELECT 1 FROM "Worker" w WHERE w."id" = p."workerId" AND w."leaseUntil" > ${now}::timestamptz)
      RETURNING p."id", p."projectId", p."calculationId", p."kind", p."computerId", p."phase", p."attempt"),
    numbered AS (
      UPDATE "Project" j SET "eventCount" = j."eventCount" + 1 FROM moved WHERE j."id" = moved."projectId"
      RETURNING j."eventCount"),
    told AS (
      INSERT INTO "ProcessEvent" ("projectId", "number", "calculationId", "processId", "data")
      SELECT m."projectId", n."eventCount", m."calculationId", m."id", jsonb_build_object(
        'kind', 'state', 'state', ${to}::text, 'phase', m."phase", 'failure', ${failure}::jsonb)
      FROM moved m, numbered n)
    SELECT m."attempt", pg_notify(${EVENT_CHANNEL}, m."projectId"::text)::text AS "event",
      CASE WHEN m."kind" = 'job' AND m."computerId" IS NOT NULL AND ${to} <> 'running'
        THEN pg_notify(${ROOM_CHANNEL}, m."computerId"::text)::text END AS "room"
    FROM moved m`;
  return moved;
}

/** Nothing moved: the process is there already or past it, or it is no longer this worker's. */
async function requireLease(tx: Database, workerId: string, processId: string): Promise<void> {
  const row = await tx.process.findUniqueOrThrow({ where: { id: processId }, include: { worker: true } });
  if (row.workerId !== workerId || !row.worker || row.worker.leaseUntil <= new Date()) throw leaseLost(processId);
}

/** Takes a process for this worker if nobody else with a lasting lease holds it. */
export async function acquire(workerId: string, processId: string): Promise<void> {
  const count = await db().$executeRaw`
    UPDATE "Process" SET "workerId" = ${workerId}::uuid
    WHERE "id" = ${processId}::uuid
      AND EXISTS (SELECT 1 FROM "Worker" w WHERE w."id" = ${workerId}::uuid AND w."leaseUntil" > now())
      AND ("workerId" IS NULL OR "workerId" = ${workerId}::uuid OR NOT EXISTS (
        SELECT 1 FROM "Worker" w WHERE w."id" = "Process"."workerId" AND w."leaseUntil" > now() AND w."stoppedAt" IS NULL))`;
  if (count === 0) throw leaseLost(processId);
}

const leaseLost = (processId: string) =>
  new AppError('lease-lost', `this worker does not hold process ${processId} any longer`);
