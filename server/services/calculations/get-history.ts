import { db } from '@/server/db/client';
import type { ProcessEvent } from '@/server/schemas/events';
import type { Actor } from '../actor';
import { toProcessEvent, withProcessName } from '../processes/event-row';
import { projectScope } from '../scope';
import { requireCalculation } from './require-calculation';

/** More than any calculation tells; of a longer one the end counts. */
const EVENTS_MAX = 5_000;

/** What has happened so far in a calculation, in order: what a page draws before the live events go on. */
export async function getHistory(actor: Actor, { id }: { id: string }): Promise<ProcessEvent[]> {
  const scope = await projectScope(actor, 'read');
  await requireCalculation(scope, id);
  const rows = await db().processEvent.findMany({
    where: { ...scope, calculationId: id },
    orderBy: { number: 'desc' },
    take: EVENTS_MAX,
    include: withProcessName,
  });
  return rows.reverse().map(toProcessEvent);
}
