import { DBOS } from '@dbos-inc/dbos-sdk';
import { sweepBlobs } from '@/server/db/blobs';
import { closeDatabase, db } from '@/server/db/client';
import { env } from '@/server/env';
import { logger } from '@/server/log';
import { ensureLocalOwner } from '@/server/services/auth/local-owner';
import { seedExample } from '@/server/services/calculations/seed-example';
import { settleWaits } from '@/server/services/calculations/waits';
import { ensureSmallCrystals } from '@/server/services/datasets/small-crystals/ensure';
import { sweepSearches } from '@/server/services/elsewhere/searches';
import { registerKernel } from './kernel-build';
import { launchWorkflows, recoverWorkflows, shareOut } from './launch';
import { listenForNotices } from './notices';
import { registerEspresso } from './programs';
import { measureRunning } from './sweep/measure-running';
import { sweepRemoteRuns } from './sweep/sweep-remote-runs';
import { sweepRuns } from './sweep/sweep-runs';
import { ensureThisComputer } from './this-computer';
import { endLease, registerWorker, renewLease, takeOverDeadWorkers } from './worker-lease';
import { setWorkerState, workerState } from './worker-state';

const SWEEP_MS = 3_600_000;
/** Whoever installs Quantum ESPRESSO while the platform runs finds it there soon. */
const LOOK_MS = 20_000;
/** Calculations that wait for others are told at their ends; one that ended while nobody listened is found so. */
const WAITS_MS = 5_000;
/** Workers that died on this machine are noticed at a beat, long before their lease runs out. */
const BEAT_MAX_MS = 2_000;
/** For jobs to write their checkpoints at shutdown. */
const SHUTDOWN_MAX_MS = 25_000;
const EXIT_LEASE_LOST = 70;

/** The entry of the worker process: lease, workflows, recovery of what dead workers left, and an orderly end. */
async function main(): Promise<void> {
  const shutdown = new AbortController();
  await ensureLocalOwner();
  const [computerId, kernel] = await Promise.all([ensureThisComputer(), registerKernel()]);
  const workerId = await registerWorker();
  // From the first moment: the tables of the first start can take longer to make than the lease lasts.
  let mayTakeOver = false;
  const heartbeat = setInterval(
    () => void beat(workerId, mayTakeOver).catch(onMissedBeat),
    Math.min(BEAT_MAX_MS, (env().leaseSeconds * 1000) / 4),
  );
  const espresso = await registerEspresso(computerId, null);
  setWorkerState({ workerId, computerId, ...kernel, espresso, shutdown });
  await Promise.all([launchWorkflows(workerId), listenForNotices(shutdown.signal)]);
  await recover(workerId);
  mayTakeOver = true;
  const sweeper = setInterval(() => void sweep(), SWEEP_MS);
  const looker = setInterval(() => void lookForEspresso(), LOOK_MS);
  const waits = setInterval(() => void settleWaits().catch(onMissedBeat), WAITS_MS);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      clearInterval(sweeper);
      clearInterval(looker);
      clearInterval(waits);
      void stop(workerId, shutdown, heartbeat);
    });
  if (env().hasSeed) {
    await seedExample().catch((err) => logger.warn({ err }, 'the first example could not be submitted'));
    await ensureSmallCrystals().catch((err) => logger.warn({ err }, 'the dataset of small crystals could not be read'));
  }
  process.send?.({ kind: 'ready', workerId });
  logger.info({ workerId, pid: process.pid }, 'worker ready');
}

async function beat(workerId: string, mayTakeOver: boolean): Promise<void> {
  if (await renewLease(workerId)) return mayTakeOver ? recover(workerId) : undefined;
  logger.error({ workerId }, 'the lease ran out: another worker may hold the work, this one ends');
  process.exit(EXIT_LEASE_LOST);
}

/** The database was away for a moment; should it stay away, the lease decides. */
const onMissedBeat = (err: unknown) => logger.warn({ err }, 'the database did not answer in time');

async function recover(workerId: string): Promise<void> {
  const count = await takeOverDeadWorkers(workerId, recoverWorkflows);
  if (count > 0) logger.info({ count }, 'took over the workflows of workers that are gone');
  await shareOut();
}

async function lookForEspresso(): Promise<void> {
  try {
    const state = workerState();
    state.espresso = await registerEspresso(state.computerId, state.espresso);
  } catch (err) {
    logger.warn({ err }, 'looking for Quantum ESPRESSO failed; the next round tries again');
  }
}

/** Blobs that nobody uses, and folders of runs whose outputs are in blobs; what the others hold is measured. */
async function sweep(): Promise<void> {
  try {
    await sweepBlobs(db());
    await sweepRuns();
    await sweepRemoteRuns();
    await sweepSearches();
    await measureRunning();
  } catch (err) {
    logger.warn({ err }, 'sweeping failed; the next round tries again');
  }
}

/** Jobs get SIGTERM from their loops, checkpoint and go back to queued; then the lease ends and so does the process. */
async function stop(workerId: string, shutdown: AbortController, heartbeat: NodeJS.Timeout): Promise<void> {
  shutdown.abort();
  const deadline = Date.now() + SHUTDOWN_MAX_MS;
  // What runs elsewhere runs on.
  const { computerId } = workerState();
  const mine = { workerId, computerId, kind: 'job', state: 'running' } as const;
  while (Date.now() < deadline && (await db().process.count({ where: mine })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
  clearInterval(heartbeat);
  await endLease(workerId);
  await Promise.race([
    Promise.allSettled([DBOS.shutdown(), closeDatabase()]),
    new Promise((resolve) => setTimeout(resolve, 1_000)),
  ]);
  process.exit(0);
}

main().catch((err) => {
  logger.error({ err }, 'the worker could not start');
  process.exit(1);
});
