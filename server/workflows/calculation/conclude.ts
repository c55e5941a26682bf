import { db } from '@/server/db/client';
import type { Failure } from '@/server/schemas/process';
import { acquire, transition } from '@/server/services/processes/transition';
import { workerState } from '../worker-state';

/**
 * The last state of a workflow, from those of its children: finished when all are, killed when one was stopped, else failed
 * with the first failure. Children that never began end too, and say why.
 */
export async function conclude(processId: string): Promise<{ state: 'finished' | 'failed' | 'killed' }> {
  const { workerId } = workerState();
  await acquire(workerId, processId);
  const children = await db().process.findMany({ where: { parentId: processId }, orderBy: { ordinal: 'asc' } });
  for (const child of children) if (child.state === 'waiting') await skip(child.id);
  const ended = children.filter((child) => child.state !== 'waiting');
  const bad = ended.find((child) => child.state === 'killed') ?? ended.find((child) => child.state === 'failed');
  const state = bad ? (bad.state === 'killed' ? 'killed' : 'failed') : 'finished';
  const failure = (bad?.failure ?? undefined) as Failure | undefined;
  await transition(workerId, { processId, to: state, exitCode: bad ? (bad.exitCode ?? 1) : 0, failure });
  return { state };
}

async function skip(processId: string): Promise<void> {
  const { workerId } = workerState();
  await acquire(workerId, processId);
  const failure = {
    code: 'skipped',
    message: 'It was not begun, because a step before it did not finish.',
    advice: null,
  };
  await transition(workerId, { processId, to: 'killed', failure });
  const children = await db().process.findMany({ where: { parentId: processId, state: 'waiting' } });
  for (const child of children) await skip(child.id);
}
