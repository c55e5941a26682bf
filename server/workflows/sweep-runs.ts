import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { db } from '@/server/db/client';
import { env } from '@/server/env';

const KEPT_MS = 86_400_000;
const AT_ONCE = 200;

/** Deletes the folders of jobs that ended over a day ago: what they left is in the blob store. Gives how many. */
export async function sweepRuns(): Promise<number> {
  const names = await readdir(env().runFolder).catch(() => []);
  let swept = 0;
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const some = names.slice(start, start + AT_ONCE);
    const ended = await db().process.findMany({
      where: { id: { in: some }, finishedAt: { lt: new Date(Date.now() - KEPT_MS) } },
      select: { id: true },
    });
    for (const { id } of ended) await rm(join(env().runFolder, id), { recursive: true, force: true });
    swept += ended.length;
  }
  return swept;
}
