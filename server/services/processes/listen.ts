import { Client } from 'pg';
import { requireDatabaseUrl } from '@/server/env';
import { logger } from '@/server/log';
import { EVENT_CHANNEL } from './events';

/** Even without a notification readers look again after this time: one may be lost with a connection. */
const LOOK_AGAIN_MS = 5_000;
const RECONNECT_MS = 1_000;

interface Listener {
  client: Client | null;
  waiting: Map<string, Set<() => void>>;
}

const store = globalThis as unknown as { brineListener?: Listener };

/** Settles at the next event of a project (or after a while, or at the signal). One connection listens for all readers. */
export function waitForEvents(projectId: string, signal?: AbortSignal): { promise: Promise<void>; cancel(): void } {
  const { waiting } = listener();
  let wake = () => {};
  const promise = new Promise<void>((resolve) => {
    const timer = setTimeout(() => wake(), LOOK_AGAIN_MS);
    wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      const group = waiting.get(projectId);
      group?.delete(wake);
      if (group?.size === 0) waiting.delete(projectId);
      resolve();
    };
    if (!waiting.has(projectId)) waiting.set(projectId, new Set());
    waiting.get(projectId)!.add(wake);
    signal?.addEventListener('abort', wake);
  });
  return { promise, cancel: () => wake() };
}

function listener(): Listener {
  if (!store.brineListener) {
    store.brineListener = { client: null, waiting: new Map() };
    void connect(store.brineListener);
  }
  return store.brineListener;
}

async function connect(state: Listener): Promise<void> {
  const client = new Client({ connectionString: requireDatabaseUrl() });
  const again = (err: unknown) => {
    if (state.client === null && store.brineListener !== state) return;
    state.client = null;
    client.removeAllListeners();
    client.on('error', () => undefined);
    void client.end().catch(() => undefined);
    logger.warn({ err }, 'lost the connection that listens for events');
    setTimeout(() => void connect(state), RECONNECT_MS).unref();
  };
  client.once('error', again);
  client.on('notification', ({ payload }) => {
    for (const wake of [...(state.waiting.get(payload ?? '') ?? [])]) wake();
  });
  try {
    await client.connect();
    await client.query(`LISTEN ${EVENT_CHANNEL}`);
    state.client = client;
  } catch (err) {
    again(err);
  }
}

/** Ends the listening connection: for tests, whose database goes away. */
export async function stopListening(): Promise<void> {
  const state = store.brineListener;
  delete store.brineListener;
  state?.client?.removeAllListeners();
  await state?.client?.end().catch(() => undefined);
}
