import { AppError } from '@/server/errors';
import { inThread } from '../../structures/thread/in-thread';
import type { ReadLine } from './read-lines';

const BATCH_DEADLINE_MS = 20_000;

/** Lines in a thread with a deadline and a memory limit; one that brings it down is found by halving and left out alone. */
export const readBatch = (lines: string[]): Promise<ReadLine[]> =>
  byHalving(
    lines,
    (part) => inThread('readDatasetLines', { lines: part }, BATCH_DEADLINE_MS),
    (line) => ({
      is: 'refused',
      what: line.slice(0, 60),
      why: 'Reading it took more time or memory than is allowed.',
    }),
  );

/** Work in the thread on many at once; whichever brings the thread down alone gets the other answer. */
export async function byHalving<Item, Answer>(
  items: Item[],
  work: (items: Item[]) => Promise<Answer[]>,
  instead: (item: Item) => Answer,
): Promise<Answer[]> {
  if (items.length === 0) return [];
  try {
    return await work(items);
  } catch (err) {
    if (!(err instanceof AppError) || !err.details.endsThread) throw err;
    if (items.length === 1) return [instead(items[0]!)];
    const middle = items.length >> 1;
    return [
      ...(await byHalving(items.slice(0, middle), work, instead)),
      ...(await byHalving(items.slice(middle), work, instead)),
    ];
  }
}
