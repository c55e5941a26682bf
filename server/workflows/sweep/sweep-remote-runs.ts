import { db } from '@/server/db/client';
import { logger } from '@/server/log';
import { driverOf } from '../drivers';
import { isDue } from './is-due';

/** In one round, and in one command: a computer gets its share of the next round. */
const ROUND_MAX = 1_000;
const AT_ONCE = 100;

/**
 * Deletes the folders of ended jobs on other computers, as their calculations want it, and those of jobs that were deleted. Only folders are named that rows of this platform
 * stand for, and there only those go that have the mark of a run. A computer that does not answer is asked the next time. Gives how many went.
 */
export async function sweepRemoteRuns(now = new Date()): Promise<number> {
  const due = await db().$queryRaw<{ id: string; computerId: string }[]>`
    SELECT p."id", p."computerId" FROM "Computer" k
      JOIN "Process" p ON p."computerId" = k."id" AND p."kind" = 'job'
      JOIN "Calculation" c ON c."id" = p."calculationId"
    WHERE k."key" IS NULL AND p."attempt" > 0 AND p."finishedAt" IS NOT NULL AND p."remoteCleanedAt" IS NULL AND ${isDue(now)}
    UNION ALL SELECT "processId", "computerId" FROM "LeftRun"
    LIMIT ${ROUND_MAX}`;
  let swept = 0;
  for (const computerId of new Set(due.map((row) => row.computerId))) {
    const ids = due.filter((row) => row.computerId === computerId).map(({ id }) => id);
    try {
      const driver = await driverOf(computerId);
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const some = ids.slice(start, start + AT_ONCE);
        await driver.clean?.(some);
        await db().process.updateMany({ where: { id: { in: some } }, data: { remoteCleanedAt: now } });
        await db().leftRun.deleteMany({ where: { processId: { in: some } } });
        swept += some.length;
      }
    } catch (err) {
      logger.warn({ computerId, err }, 'folders on a computer stay until it answers');
    }
  }
  return swept;
}
