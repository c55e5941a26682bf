import { Prisma } from '@/generated/prisma/client';
import { asJson, type Database, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { Failure, ProcessState } from '@/server/schemas/process';
import { appendEvents } from './events';

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
 * already there or past it (a replayed step). The event is written in the same transaction.
 */
export async function transition(workerId: string, change: Transition, tx?: Database): Promise<boolean> {
  return tx ? move(tx, workerId, change) : db().$transaction((own) => move(own, workerId, change));
}

async function move(tx: Database, workerId: string, change: Transition): Promise<boolean> {
  const from = [...allowed[change.to]] as ProcessState[];
  const isEnd = change.to === 'finished' || change.to === 'failed' || change.to === 'killed';
  const now = new Date();
  const { count } = await tx.process.updateMany({
    where: { id: change.processId, state: { in: from }, workerId, worker: { leaseUntil: { gt: now } } },
    data: {
      state: change.to,
      phase: isEnd ? null : (change.phase ?? undefined),
      exitCode: change.exitCode,
      failure: change.failure === null ? Prisma.DbNull : change.failure && asJson(change.failure),
      reusedFromId: change.reusedFromId,
      goOnRequestedAt: null,
      ...(change.to === 'queued' ? { queuedAt: now } : {}),
      ...(isEnd ? { finishedAt: now } : {}),
    },
  });
  const row = await tx.process.findUniqueOrThrow({ where: { id: change.processId } });
  if (count === 0) {
    if (row.workerId !== workerId) throw leaseLost(change.processId);
    const worker = await tx.worker.findUnique({ where: { id: workerId } });
    if (!worker || worker.leaseUntil <= now) throw leaseLost(change.processId);
    return false;
  }
  if (change.to === 'running' && !row.startedAt)
    await tx.process.update({ where: { id: row.id }, data: { startedAt: now } });
  const { id: processId, projectId, calculationId, phase } = row;
  const data = { kind: 'state', state: change.to, phase, failure: change.failure ?? null } as const;
  await appendEvents(tx, { projectId, calculationId, processId }, [data]);
  if (row.kind === 'job' && row.computerId && change.to !== 'running')
    await tx.$executeRaw`SELECT pg_notify(${ROOM_CHANNEL}, ${row.computerId})`;
  return true;
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
