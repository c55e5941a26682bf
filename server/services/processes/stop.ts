import type { Database } from '@/server/db/client';
import { appendEvents } from './events';

/** The channel that tells workers to look for stop requests; the payload is the calculation's id. */
export const STOP_CHANNEL = 'brine_stop';

/**
 * Asks for the end of a calculation. What no living worker holds ends here and now; a worker ends what it holds, with its
 * job. Called within a transaction.
 */
export async function requestStop(tx: Database, calculationId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Process" SET "stopRequestedAt" = now()
    WHERE "calculationId" = ${calculationId}::uuid AND "stopRequestedAt" IS NULL
      AND "state" NOT IN ('finished', 'failed', 'killed')`;
  const ended = await tx.$queryRaw<{ id: string; projectId: string }[]>`
    UPDATE "Process" p SET "state" = 'killed', "finishedAt" = now(), "phase" = NULL
    WHERE p."calculationId" = ${calculationId}::uuid AND p."state" IN ('created', 'waiting', 'queued', 'paused')
      AND p."kind" = 'workflow' AND p."workerId" IS NULL
    RETURNING p."id", p."projectId"`;
  for (const { id, projectId } of ended)
    await appendEvents(tx, { projectId, calculationId, processId: id }, [
      { kind: 'state', state: 'killed', phase: null, failure: null },
    ]);
  await tx.$executeRaw`SELECT pg_notify(${STOP_CHANNEL}, ${calculationId})`;
}
