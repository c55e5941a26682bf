import { DBOS, type DLogger } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { type WorkflowQueue, wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue';
import { requireDatabaseUrl } from '@/server/env';
import { logger } from '@/server/log';
import { APPLICATION, APPLICATION_VERSION, QUEUE, QUEUE_CHANNEL } from '@/server/services/calculations/enqueue';
import './arithmetic/workflow';
import './calculation/workflow';
import './datasets/workflow';
import './elsewhere/workflow';
import { currentShare } from './current-share';
import { onNotice } from './notices';

/** What is submitted is told at once; a notice may be lost with a connection. */
const POLL_MS = 1_000;
let queue: WorkflowQueue;

/** Starts the durable workflows of this worker under its own executor id, and takes up its queue. */
export async function launchWorkflows(workerId: string): Promise<void> {
  DBOS.setConfig({
    name: APPLICATION,
    systemDatabaseUrl: requireDatabaseUrl(),
    systemDatabasePoolSize: 10,
    executorID: workerId,
    applicationVersion: APPLICATION_VERSION,
    enablePatching: true,
    logger: quietLogger,
  });
  await DBOS.launch();
  queue = await DBOS.registerQueue(QUEUE, {
    workerConcurrency: await currentShare(),
    minPollingIntervalMs: POLL_MS,
    onConflict: 'always_update',
  });
  onNotice(QUEUE_CHANNEL, pollerOf(queue));
}

/** Tells all workers how much each may hold today; each hears of it within a second. */
export async function shareOut(): Promise<void> {
  const share = await currentShare();
  if (queue.workerConcurrency !== share) await queue.setWorkerConcurrency(share);
}

/** DBOS polls; it has no door for those who know that there is something. */
const runner = wfQueueRunner as unknown as {
  isRunning: boolean;
  pollQueue(executor: DBOSExecutor, queue: WorkflowQueue): Promise<unknown>;
};

/** Looks into the queue at once; notices that come meanwhile lead to one more look. */
function pollerOf(queue: WorkflowQueue): () => void {
  let isDue = false;
  let isPolling = false;
  return async () => {
    isDue = true;
    if (isPolling) return;
    isPolling = true;
    while (isDue && runner.isRunning) {
      isDue = false;
      await runner.pollQueue(DBOSExecutor.globalInstance!, queue).catch(() => undefined);
    }
    isPolling = false;
  };
}

/** Puts the unfinished workflows of a worker that is gone back into the queue. */
export async function recoverWorkflows(deadWorkerId: string): Promise<number> {
  const handles = await DBOSExecutor.globalInstance!.recoverPendingWorkflows([deadWorkerId]);
  return handles.length;
}

const text = (message: unknown) => (message instanceof Error ? message.message : String(message));

/** DBOS tells much at info; ours hears its warnings. */
const quietLogger: DLogger = {
  info: () => undefined,
  debug: () => undefined,
  warn: (message: unknown) => logger.warn({ from: 'dbos' }, text(message)),
  error: (message: unknown) => logger.error({ from: 'dbos' }, text(message)),
};
