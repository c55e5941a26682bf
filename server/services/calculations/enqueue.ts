import type { Database } from '@/server/db/client';
import { AppError, isDatabaseAway, isDiskFull } from '@/server/errors';
import type { Priority } from '@/server/schemas/settings';

/** Names shared with the worker: changing one strands what is queued. */
export const QUEUE = 'calculations';
export const WORKFLOW = 'calculation';
/** The channel that tells workers of something new in the queue. */
export const QUEUE_CHANNEL = 'brine_queue';
export const APPLICATION = 'brine';
/** Fixed: a change of workflow code goes through DBOS patching, so that runs that began before it go on. */
export const APPLICATION_VERSION = '1';

/** DBOS takes the smaller number first. Workers hold hundreds at once: it matters only behind those. */
const queuePriority = { high: 1, normal: 2, low: 3 } satisfies Record<Priority, number>;

/**
 * Puts a calculation into the workers' queue, within the caller's transaction: both exist or neither. One of the same run is queued once; work
 * that is to be done anew says another.
 */
export async function enqueue(
  tx: Database,
  calculationId: string,
  priority: Priority,
  workflow: string = WORKFLOW,
  run: string = calculationId,
): Promise<void> {
  const argument = JSON.stringify(calculationId);
  try {
    await tx.$queryRaw`SELECT dbos.enqueue_workflow(
      workflow_name => ${workflow}, queue_name => ${QUEUE}, positional_args => ARRAY[${argument}::json],
      workflow_id => ${run}, app_version => ${APPLICATION_VERSION}, priority => ${queuePriority[priority]}::int,
      application_name => ${APPLICATION})`;
    await tx.$executeRaw`SELECT pg_notify(${QUEUE_CHANNEL}, '')`;
  } catch (err) {
    if (isDatabaseAway(err) || isDiskFull(err)) throw err;
    throw new AppError('unavailable', 'the queue is not ready', {
      userMessage: 'The platform is still starting: no worker has made the queue yet. Submit again in a few seconds.',
      cause: err,
    });
  }
}
