import { Client } from 'pg';
import { requireDatabaseUrl } from '@/server/env';
import { logger } from '@/server/log';
import { QUEUE_CHANNEL } from '@/server/services/calculations/enqueue';
import { ROOM_CHANNEL } from '@/server/services/processes/transition';
import { WISH_CHANNEL } from '@/server/services/processes/wishes';

const channels = [WISH_CHANNEL, ROOM_CHANNEL, QUEUE_CHANNEL] as const;
type Channel = (typeof channels)[number];
type Listener = (payload: string) => void;

const RECONNECT_MS = 1_000;
const listeners = new Map<string, Set<Listener>>(channels.map((channel) => [channel, new Set()]));

/** Hears what other processes tell through the database. It may be told late or, with a lost connection, never: the rows are the truth. */
export function onNotice(channel: Channel, listener: Listener): () => void {
  listeners.get(channel)!.add(listener);
  return () => listeners.get(channel)!.delete(listener);
}

/** One connection listens for all; a lost one is opened again. */
export async function listenForNotices(signal: AbortSignal): Promise<void> {
  const client = new Client({ connectionString: requireDatabaseUrl() });
  const reconnect = (err: Error) => {
    client.removeAllListeners('notification');
    client.end().catch(() => undefined);
    if (signal.aborted) return;
    logger.warn({ err }, 'lost the connection that listens for notices');
    setTimeout(() => void listenForNotices(signal).catch(reconnect), RECONNECT_MS);
  };
  client.once('error', reconnect);
  client.on('notification', ({ channel, payload }) => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener(payload ?? '');
  });
  await client.connect();
  for (const channel of channels) await client.query(`LISTEN ${channel}`);
  signal.addEventListener('abort', () => void client.end().catch(() => undefined), { once: true });
}
