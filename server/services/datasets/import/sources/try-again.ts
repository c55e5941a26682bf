import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/server/db/client';
import { type Fetched, RemoteFault } from '../../../remote/fetch-address';
import { SourceFault } from '../source-fault';

/** How long a server that does not answer is asked again. */
export interface Patience {
  triesMax: number;
  /** Doubled after each try. */
  firstPauseMs: number;
  pauseMaxMs: number;
}

/** Seven pauses, the longest of five minutes: about twelve minutes in all. A server that names a time is waited for up to an hour. */
export const usualPatience: Patience = { triesMax: 8, firstPauseMs: 5_000, pauseMaxMs: 300_000 };
const NAMED_PAUSE_MAX_MS = 3_600_000;

interface Tries {
  datasetId: string;
  signal: AbortSignal;
  patience: Patience;
}

/** An answer that says "later": too many requests, or a fault of the server. */
export class AnsweredLater extends Error {
  override readonly name = 'AnsweredLater';
  constructor(
    readonly status: number,
    readonly pauseMs: number | null,
  ) {
    super(`It answered ${status}.`);
  }
}

/** Throws AnsweredLater for 429 and 5xx, with the pause that the server asks for. */
export function refuseLater({ status, headers }: Pick<Fetched, 'status' | 'headers'>): void {
  if (status === 429 || status >= 500) throw new AnsweredLater(status, readRetryAfter(headers['retry-after']));
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
export function readRetryAfter(text: string | undefined, now = Date.now()): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text.trim())) return 1_000 * Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Does it until it goes well, with growing pauses; the dataset says meanwhile why it waits. Throws SourceFault with the last reason. */
export async function tryAgain<Value>(tries: Tries, act: () => Promise<Value>): Promise<Value> {
  const { datasetId, signal, patience } = tries;
  for (let n = 1; ; n++) {
    try {
      return await act();
    } catch (err) {
      signal.throwIfAborted();
      const later = err instanceof AnsweredLater ? err : null;
      if (!later && !(err instanceof RemoteFault)) throw err;
      if (err instanceof RemoteFault && !err.isPassing) throw new SourceFault(err.message);
      if (n >= patience.triesMax) throw new SourceFault(`${(err as Error).message} It was asked ${n} times.`);
      const pauseMs = later?.pauseMs ?? Math.min(patience.pauseMaxMs, patience.firstPauseMs * 2 ** (n - 1));
      if (pauseMs > NAMED_PAUSE_MAX_MS)
        throw new SourceFault(`It asks to come back in ${Math.round(pauseMs / 60_000)} minutes.`);
      const isWanted = await tellWaiting(
        datasetId,
        `${(err as Error).message} It is asked again in ${Math.ceil(pauseMs / 1_000)} s.`,
      );
      if (!isWanted) throw new SourceFault('It was stopped.');
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

/** False where nobody waits for it any more. */
async function tellWaiting(datasetId: string, why: string): Promise<boolean> {
  const count = await db()
    .$executeRaw`UPDATE "Dataset" SET "source" = jsonb_set("source", '{waiting}', to_jsonb(${why}::text))
    WHERE "id" = ${datasetId}::uuid AND "state" = 'importing'`;
  return count === 1;
}
