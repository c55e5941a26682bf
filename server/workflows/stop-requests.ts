import { Client } from 'pg';
import { requireDatabaseUrl } from '@/server/env';
import { logger } from '@/server/log';
import { STOP_CHANNEL } from '@/server/services/processes/stop';

/** Calculations of which a stop was told since this worker started; the rows say it too, for what came before. */
const told = new Set<string>();
const listeners = new Set<() => void>();

export const wasTold = (calculationId: string) => told.has(calculationId);

export function onStopTold(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Listens for stop requests. A lost connection is opened again; the job loops look at the rows in between. */
export async function listenForStops(signal: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: requireDatabaseUrl() });
  const reconnect = (err: Error) => {
    client.removeAllListeners('notification');
    client.end().catch(() => undefined);
    if (signal.aborted) return;
    logger.warn({ err }, 'lost the connection that listens for stop requests');
    setTimeout(() => void listenForStops(signal).catch(() => undefined), 1000);
  };
  client.once('error', reconnect);
  client.on('notification', ({ payload }) => {
    if (payload) told.add(payload);
    for (const listener of listeners) listener();
  });
  await client.connect();
  await client.query(`LISTEN ${STOP_CHANNEL}`);
  signal.addEventListener('abort', () => void client.end().catch(() => undefined), { once: true });
}
