import { db } from '@/server/db/client';
import { WISH_CHANNEL } from '@/server/services/processes/wishes';
import { onNotice } from '../notices';

/** What people want of a job. */
export interface Wish {
  isStopped: boolean;
  isPaused: boolean;
}

interface Watched {
  calculationId: string;
  listeners: Set<(wish: Wish) => void>;
}

/** A notice may be lost with a connection: the rows are looked at in between too. */
const POLL_MS = 3_000;
const watched = new Map<string, Watched>();
/** Jobs to look at next, all with one query. */
const due = new Set<string>();
let isLooking = false;
let poll: NodeJS.Timeout | null = null;
let unlisten = () => {};

/** Tells at once, and at every change, what people want of a job. Gives the end of the telling. */
function watchWishes(row: { id: string; calculationId: string }, listener: (wish: Wish) => void): () => void {
  if (watched.size === 0) begin();
  const entry = watched.get(row.id) ?? { calculationId: row.calculationId, listeners: new Set() };
  entry.listeners.add(listener);
  watched.set(row.id, entry);
  lookAt([row.id]);
  return () => {
    entry.listeners.delete(listener);
    if (entry.listeners.size > 0 || watched.get(row.id) !== entry) return;
    watched.delete(row.id);
    if (watched.size === 0) end();
  };
}

/** Resolves with the first answer that a wish of people gives. */
export function until<Value>(
  row: { id: string; calculationId: string },
  answer: (wish: Wish) => Value | undefined,
): { promise: Promise<Value>; cancel(): void } {
  let cancel = () => {};
  const promise = new Promise<Value>((resolve) => {
    cancel = watchWishes(row, (wish) => {
      const value = answer(wish);
      if (value !== undefined) resolve(value);
    });
  });
  return { promise, cancel: () => cancel() };
}

function begin(): void {
  poll = setInterval(() => lookAt([...watched.keys()]), POLL_MS);
  unlisten = onNotice(WISH_CHANNEL, (calculationId) =>
    lookAt([...watched].filter(([, entry]) => entry.calculationId === calculationId).map(([id]) => id)),
  );
}

function end(): void {
  if (poll) clearInterval(poll);
  unlisten();
}

function lookAt(ids: string[]): void {
  for (const id of ids) due.add(id);
  if (!isLooking && due.size > 0) void look();
}

async function look(): Promise<void> {
  isLooking = true;
  try {
    while (due.size > 0) {
      const ids = [...due];
      due.clear();
      const rows = await db().process.findMany({
        where: { id: { in: ids } },
        select: { id: true, stopRequestedAt: true, calculation: { select: { pausedAt: true } } },
      });
      for (const { id, stopRequestedAt, calculation } of rows) {
        const wish = { isStopped: stopRequestedAt !== null, isPaused: calculation!.pausedAt !== null };
        for (const listener of [...(watched.get(id)?.listeners ?? [])]) listener(wish);
      }
    }
  } catch {
    // The database is away: the next look finds out.
  } finally {
    isLooking = false;
  }
}
