import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { eventsInputSchema, ProcessEvent } from '@/server/schemas/events';
import type { Actor } from '../actor';
import { toProcessEvent, withProcessName } from '../processes/event-row';
import { waitForEvents } from '../processes/listen';
import { projectScope } from '../scope';
import { requireCalculation } from './require-calculation';

const BATCH_MAX = 500;

/** Events from the last number seen, then live. Rows are the truth; notifications only say when to look again. */
export async function* followEvents(
  actor: Actor,
  { calculationId, lastEventId }: z.infer<typeof eventsInputSchema>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProcessEvent> {
  const scope = await projectScope(actor, 'read');
  if (calculationId) await requireCalculation(scope, calculationId);
  let last = Number(lastEventId ?? '') || (calculationId ? 0 : await newestNumber(scope.projectId));
  while (!signal?.aborted) {
    const news = waitForEvents(scope.projectId, signal);
    try {
      const rows = await db().processEvent.findMany({
        where: { ...scope, number: { gt: last }, ...(calculationId ? { calculationId } : {}) },
        orderBy: { number: 'asc' },
        take: BATCH_MAX,
        include: withProcessName,
      });
      for (const row of rows) {
        last = row.number;
        yield toProcessEvent(row);
      }
      if (rows.length < BATCH_MAX) await news.promise;
    } finally {
      news.cancel();
    }
  }
}

async function newestNumber(projectId: string): Promise<number> {
  const project = await db().project.findUniqueOrThrow({ where: { id: projectId }, select: { eventCount: true } });
  return project.eventCount;
}
