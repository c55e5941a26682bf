import { db } from '@/server/db/client';
import { QUEUE } from '@/server/services/calculations/enqueue';

/** Workflows that one worker keeps in hand: most of them wait for their turn or, paused, for a person. */
const WORKFLOWS_MAX = 512;
/** Each of several workers takes so many more than its share, so that what is new never waits for a count; shares go up in such steps. */
const SPARE = 16;

/**
 * How many workflows each of the living workers may hold. A single one holds them all; of several each takes its share, so that the end of
 * one ends little, and what a dead one held goes to all that live.
 */
export async function currentShare(): Promise<number> {
  const [row] = await db().$queryRaw<{ unfinished: number; workers: number }[]>`
    SELECT (SELECT count(*) FROM dbos."workflow_status" WHERE "queue_name" = ${QUEUE} AND "status" IN ('ENQUEUED', 'PENDING'))::integer AS "unfinished",
      (SELECT count(*) FROM "Worker" WHERE "stoppedAt" IS NULL AND "recoveredAt" IS NULL AND "leaseUntil" > ${new Date()})::integer AS "workers"`;
  const { unfinished, workers } = row!;
  if (workers < 2) return WORKFLOWS_MAX;
  return Math.min(WORKFLOWS_MAX, SPARE * (1 + Math.ceil(unfinished / workers / SPARE)));
}
