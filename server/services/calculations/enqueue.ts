import type { Database } from '@/server/db/client';
import { AppError, isDatabaseAway, isDiskFull } from '@/server/errors';

/** Names shared with the worker: changing one strands what is queued. */
export const QUEUE = 'calculations';
export const WORKFLOW = 'calculation';
export const APPLICATION = 'brine';
/** Fixed: a change of workflow code goes through DBOS patching, so that runs that began before it go on. */
export const APPLICATION_VERSION = '1';

/** Puts a calculation into the workers' queue, within the caller's transaction: both exist or neither. */
export async function enqueue(tx: Database, calculationId: string): Promise<void> {
  const argument = JSON.stringify(calculationId);
  try {
    await tx.$queryRaw`SELECT dbos.enqueue_workflow(
      workflow_name => ${WORKFLOW}, queue_name => ${QUEUE}, positional_args => ARRAY[${argument}::json],
      workflow_id => ${calculationId}, app_version => ${APPLICATION_VERSION}, application_name => ${APPLICATION})`;
  } catch (err) {
    if (isDatabaseAway(err) || isDiskFull(err)) throw err;
    throw new AppError('unavailable', 'the queue is not ready', {
      userMessage: 'The platform is still starting: no worker has made the queue yet. Submit again in a few seconds.',
      cause: err,
    });
  }
}
