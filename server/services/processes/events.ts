import { asJson, type Database, db } from '@/server/db/client';
import type { ProcessEventData } from '@/server/schemas/events';

/** The channel on which the arrival of events is told; the payload is the project's id and nothing else. */
export const EVENT_CHANNEL = 'brine_events';

interface EventSource {
  projectId: string;
  calculationId: string;
  processId: string;
}

/**
 * Adds events with the next numbers of their project, within the caller's transaction. Taking the numbers locks the
 * project's row until commit: so numbers become visible in order, and a reader that goes on from the last one misses none.
 */
export async function appendEvents(tx: Database, source: EventSource, events: ProcessEventData[]): Promise<void> {
  if (events.length === 0) return;
  const [project] = await tx.$queryRaw<{ eventCount: number }[]>`
    UPDATE "Project" SET "eventCount" = "eventCount" + ${events.length}
    WHERE "id" = ${source.projectId}::uuid RETURNING "eventCount"`;
  const first = project!.eventCount - events.length + 1;
  await tx.processEvent.createMany({
    data: events.map((data, index) => ({ ...source, number: first + index, data: asJson(data) })),
  });
  await tx.$executeRaw`SELECT pg_notify(${EVENT_CHANNEL}, ${source.projectId})`;
}

/** The same in a transaction of its own. */
export function recordEvents(source: EventSource, events: ProcessEventData[]): Promise<void> {
  return db().$transaction((tx) => appendEvents(tx, source, events));
}
