import { DBOS, type DLogger } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { requireDatabaseUrl } from '@/server/env';
import { logger } from '@/server/log';
import { APPLICATION, APPLICATION_VERSION, QUEUE } from '@/server/services/calculations/enqueue';
import './calculation/workflow';

/** Workflows that one worker keeps in hand; most of them wait for their jobs. */
const WORKFLOWS_MAX = 64;

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
  await DBOS.registerQueue(QUEUE, {
    workerConcurrency: WORKFLOWS_MAX,
    minPollingIntervalMs: 150,
    onConflict: 'always_update',
  });
}

/** Puts the unfinished workflows of workers that are gone back into the queue. */
export async function recoverWorkflows(deadWorkerIds: string[]): Promise<number> {
  const handles = await DBOSExecutor.globalInstance!.recoverPendingWorkflows(deadWorkerIds);
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
