import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { startTestPlatform, type TestPlatform } from '../server/platform';
import { ensurePrograms } from '../server/programs';
import { endWorker, startWorker, submitSilicon, type TestWorker } from '../server/workflows/workers';

const COUNT = 90;
/** Of several workers, beside what is each one's share. */
const SPARE = 32;

let platform: TestPlatform;
const workers: TestWorker[] = [];

beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
}, 120_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => endWorker(worker, 'SIGKILL')));
  await platform?.stop();
});

/** How many workflows each worker holds, the most first. */
async function held(): Promise<{ worker: string; count: number }[]> {
  return db().$queryRaw`SELECT "executor_id" AS "worker", count(*)::integer AS "count" FROM dbos."workflow_status"
    WHERE "status" = 'PENDING' GROUP BY 1 ORDER BY 2 DESC`;
}

const untilHeld = (isRight: (counts: number[]) => boolean) =>
  expect
    .poll(
      async () => {
        const counts = (await held()).map(({ count }) => count);
        return counts.reduce((sum, count) => sum + count, 0) >= COUNT && isRight(counts) ? 'shared' : counts;
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe('shared');

// Whoever looked first took all that a dead worker had held; where it died in turn, before it had got through them, nothing went on.
test('what a dead worker held goes to all that live, and none of them holds it all', async () => {
  workers.push(await startWorker());
  for (let i = 0; i < COUNT; i++) await submitSilicon(platform.actor, 1_000, { cutoffHartree: 20 + i });
  await untilHeld(([most]) => most! >= COUNT);
  workers.push(await startWorker(), await startWorker());
  const [first] = workers;
  await endWorker(first!, 'SIGKILL');
  await untilHeld((counts) => counts.length === 2 && counts[0]! <= COUNT / 2 + SPARE);
}, 180_000);
