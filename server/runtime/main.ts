import { join } from 'node:path';
import { closeDatabase } from '@/server/db/client';
import { env } from '@/server/env';
import { logger } from '@/server/log';
import { endLease, renewLease, takeLease } from './host/lease';
import { serve } from './host/serve';
import { Sessions } from './host/sessions';
import { RuntimePool } from './jupyter/pool';

const BEAT_MAX_MS = 2_000;
const EXIT_LEASE_LOST = 70;

/** The entry of the runtimes process, which owns all open notebooks and what runs behind them, as long as its lease lasts. */
async function main(): Promise<void> {
  const shutdown = new AbortController();
  let open: (sessions: Sessions) => void = () => undefined;
  const sessions = new Promise<Sessions>((resolve) => {
    open = resolve;
  });
  const { server, port } = await serve(() => sessions);
  const ending = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  void ending.then(() => shutdown.abort());
  const id = await takeLease(port, shutdown.signal);
  const onLeaseLost = () => {
    logger.error({ id }, 'the lease ran out: another process may own the notebooks, this one ends');
    process.exit(EXIT_LEASE_LOST);
  };
  const kernels = new RuntimePool(join(env().notebookFolder, 'waiting'));
  open(new Sessions({ id, kernels, signal: shutdown.signal, onLeaseLost }));
  const heartbeat = setInterval(
    () =>
      void renewLease(id).then(
        (isHeld) => isHeld || onLeaseLost(),
        (err) => logger.warn({ err }, 'the database did not answer in time'),
      ),
    Math.min(BEAT_MAX_MS, (env().leaseSeconds * 1000) / 4),
  );
  // A fault in one notebook must not end what runs in the others.
  process.on('unhandledRejection', (err) => logger.error({ err }, 'a fault that nothing caught'));
  process.send?.({ kind: 'ready' });
  logger.info({ id, port, pid: process.pid }, 'runtimes ready');
  await ending;
  server.close();
  await Promise.all([(await sessions).close(), kernels.close()]);
  server.closeAllConnections();
  clearInterval(heartbeat);
  await endLease(id);
  await closeDatabase();
  process.exit(0);
}

main().catch((err) => {
  if (err instanceof Error && err.name === 'AbortError') process.exit(0);
  logger.error({ err }, 'the runtimes process could not start');
  process.exit(1);
});
