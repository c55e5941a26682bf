import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { idSchema } from '@/server/schemas/common';
import { resourcesSchema } from '@/server/schemas/settings';

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
