import type { Link, Process } from '@/generated/prisma/client';
import type { Database } from '@/server/db/client';
import { appendEvents } from '@/server/services/processes/events';
import { transition } from '@/server/services/processes/transition';
import { workerState } from '../worker-state';
import type { JobProcess } from './load-job';

export type Twin = Process & { links: Link[] };

/**
 * Ends a job with the outputs of another. The links say that they were returned, not created, and the process says from where. Called
 * within a transaction.
 */
export async function takeOver(
  tx: Database,
  row: Pick<JobProcess, 'id' | 'projectId' | 'calculationId'>,
  { twin, message }: { twin: Twin; message: string },
): Promise<void> {
  const { id: processId, projectId, calculationId } = row;
  const reusedFromId = twin.reusedFromId ?? twin.id;
  const change = { processId, to: 'finished', exitCode: 0, reusedFromId } as const;
  if (!(await transition(workerState().workerId, change, tx))) return;
  const outputs = twin.links.filter(({ kind }) => kind === 'create' || kind === 'return');
  await tx.link.createMany({
    data: outputs.map(({ name, dataNodeId }) => ({ kind: 'return' as const, name, dataNodeId, processId })),
  });
  await appendEvents(tx, { projectId, calculationId, processId }, [{ kind: 'note', message }]);
}
