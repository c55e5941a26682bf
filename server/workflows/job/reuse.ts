import { db } from '@/server/db/client';
import { appendEvents } from '@/server/services/processes/events';
import { transition } from '@/server/services/processes/transition';
import { workerState } from '../worker-state';
import type { Job } from './load-job';

/**
 * Takes the outputs of a finished job of the same project with the same key: same build, same back end, same resolved inputs. The links say
 * that they were returned, not created, and the process says from where. False where there is none.
 */
export async function reuse({ row, useCache }: Job, key: string): Promise<boolean> {
  if (!useCache) return false;
  const twin = await db().process.findFirst({
    where: { projectId: row.projectId, jobKey: key, state: 'finished', exitCode: 0, id: { not: row.id } },
    include: { links: { where: { kind: { in: ['create', 'return'] } } } },
    orderBy: { finishedAt: 'desc' },
  });
  if (!twin) return false;
  const origin = twin.reusedFromId ?? twin.id;
  await db().$transaction(async (tx) => {
    const change = { processId: row.id, to: 'finished', exitCode: 0, reusedFromId: origin } as const;
    if (!(await transition(workerState().workerId, change, tx))) return;
    await tx.link.createMany({
      data: twin.links.map(({ name, dataNodeId }) => ({
        kind: 'return' as const,
        name,
        dataNodeId,
        processId: row.id,
      })),
    });
    const { projectId, calculationId, id: processId } = row;
    const message = 'The same job was done before; its result is used.';
    await appendEvents(tx, { projectId, calculationId, processId }, [{ kind: 'note', message }]);
  });
  return true;
}
