import { setTimeout as sleep } from 'node:timers/promises';
import { db } from './client';

const LOOK_AGAIN_MS = 500;

/** Settles when the database, which went away, answers again. Rejects at the signal. */
export async function untilDatabaseAnswers(signal: AbortSignal): Promise<void> {
  for (;;) {
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
    try {
      await db().$queryRaw`SELECT 1`;
      return;
    } catch {
      // It is still away; a worker's lease bounds how long this matters.
    }
  }
}
