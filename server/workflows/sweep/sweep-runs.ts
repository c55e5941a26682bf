import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { idSchema } from '@/server/schemas/common';
import { isDue } from './is-due';

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
    const due = await db().$queryRaw<{ id: string }[]>`
      SELECT p."id" FROM "Process" p JOIN "Calculation" c ON c."id" = p."calculationId"
      WHERE p."id" = ANY(${ids.slice(start, start + AT_ONCE)}::uuid[]) AND p."finishedAt" IS NOT NULL AND ${isDue(now)}`;
    for (const { id } of due) {
      await rm(join(env().runFolder, id), { recursive: true, force: true });
      await db().process.update({ where: { id }, data: { cleanedAt: now } });
      swept += 1;
    }
  }
  return swept;
}
