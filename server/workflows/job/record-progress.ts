import type { Progress } from '@/kernels/core/kernel';
import { db } from '@/server/db/client';
import type { ProcessEventData } from '@/server/schemas/events';
import { appendEvents } from '@/server/services/processes/events';
import type { ProgressTail } from '../progress-tail';
import { workerState } from '../worker-state';
import type { Job } from './load-job';

/** New lines of progress as events, and given back, with the count of lines in the same transaction: after a crash none is lost or told twice. */
export async function recordProgress({ row }: Pick<Job, 'row'>, tail: ProgressTail): Promise<Progress[]> {
  const progress = tail.read();
  if (progress.length === 0) return progress;
  const phase = progress.findLast((item) => item.kind === 'phase')?.phase;
  const events = progress.map((item): ProcessEventData => ({ kind: 'progress', progress: item }));
  const met = progress.flatMap((item) => (item.kind === 'note' && item.failure ? item.failure : []));
  const { id: processId, projectId, calculationId } = row;
  await db().$transaction(async (tx) => {
    const { count } = await tx.process.updateMany({
      where: { id: processId, state: 'running', workerId: workerState().workerId },
      data: {
        progressLines: tail.lineCount,
        ...(phase ? { phase } : {}),
        ...(met.length > 0 ? { failuresMet: { push: met } } : {}),
      },
    });
    if (count === 1) await appendEvents(tx, { projectId, calculationId, processId }, events);
  });
  return progress;
}
