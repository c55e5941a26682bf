import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { logger } from '@/server/log';
import { idSchema } from '@/server/schemas/common';
import { resourcesSchema } from '@/server/schemas/settings';
import { driverOf } from './drivers';

const DAY_MS = 86_400_000;
const AT_ONCE = 200;

/**
 * Deletes the folders of jobs that have ended, as their calculations want it: what they left is in the blob store. A folder that does not
 * bear the id of such a job is not ours to delete. Gives how many went.
 */
export async function sweepRuns(now = new Date()): Promise<number> {
  const names = await readdir(env().runFolder).catch(() => []);
  const ids = names.filter((name) => idSchema.safeParse(name).success);
  let swept = 0;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const ended = await db().$queryRaw<EndedRun[]>`
      SELECT p."id", p."state"::text, p."finishedAt", c."inputs"->'draft'->'resources'->'scratch' AS "scratch"
      FROM "Process" p JOIN "Calculation" c ON c."id" = p."calculationId"
      WHERE p."id" = ANY(${ids.slice(start, start + AT_ONCE)}::uuid[]) AND p."finishedAt" IS NOT NULL`;
    for (const run of ended) {
      if (!isDue(run, now)) continue;
      await rm(join(env().runFolder, run.id), { recursive: true, force: true });
      await db().process.update({ where: { id: run.id }, data: { cleanedAt: now } });
      swept += 1;
    }
  }
  return swept;
}

/**
 * Removes the folders on other computers of jobs that finished: each goes when its job ends, but its computer may not have answered
 * then, or the worker died. Gives how many went; what cannot be reached is for the next round.
 */
export async function sweepComputers(): Promise<number> {
  const computers = await db().computer.findMany({
    where: { key: null, isEnabled: true, processes: { some: { state: 'finished' } } },
    select: { id: true, name: true },
  });
  let swept = 0;
  for (const { id: computerId, name } of computers) {
    try {
      const driver = await driverOf(computerId);
      const names = (await driver.listRuns?.()) ?? [];
      const ids = names.filter((run) => idSchema.safeParse(run).success);
      const finished = await db().process.findMany({
        where: { id: { in: ids }, computerId, state: 'finished' },
        select: { id: true, attempt: true },
      });
      for (const run of finished) await driver.clean({ ...run, folder: join(env().runFolder, run.id) });
      swept += finished.length;
    } catch (err) {
      logger.warn({ computer: name, err }, 'folders on a computer stay until the next round');
    }
  }
  return swept;
}

interface EndedRun {
  id: string;
  state: string;
  finishedAt: Date;
  /** Absent in calculations from before one could choose. */
  scratch: unknown;
}

function isDue({ state, finishedAt, scratch }: EndedRun, now: Date): boolean {
  const { policy, days } = resourcesSchema.parse({ scratch: scratch ?? undefined }).scratch;
  if (policy === 'kept') return false;
  if (policy === 'until-success') return state === 'finished';
  return now.getTime() - finishedAt.getTime() > days * DAY_MS;
}
