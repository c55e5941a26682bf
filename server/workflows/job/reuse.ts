import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { neverReuse } from '@/server/engines/never-reuse.data';
import type { EngineName } from '@/server/schemas/settings';
import type { Job } from './load-job';
import { takeOver } from './take-over';

/**
 * Takes the outputs of a finished job of the same project with the same key: same build, same back end, same resolved inputs. False where
 * there is none, or none that may be taken: a person may have said no, and some failures on the way forbid it.
 */
export async function reuse({ row, useCache, engine }: Job, key: string): Promise<boolean> {
  if (!useCache) return false;
  const mayBeTaken: Prisma.ProcessWhereInput = {
    NOT: { failuresMet: { hasSome: neverReuse[engine.name as EngineName] } },
    calculation: { isReusable: true },
  };
  const twin = await db().process.findFirst({
    where: {
      ...{ projectId: row.projectId, jobKey: key, state: 'finished', exitCode: 0, id: { not: row.id } },
      // What was itself taken over is as good as where it came from.
      AND: [mayBeTaken, { OR: [{ reusedFromId: null }, { reusedFrom: mayBeTaken }] }],
    },
    include: { links: true },
    orderBy: { finishedAt: 'desc' },
  });
  if (!twin) return false;
  const message = 'The same job was done before; its result is used.';
  await db().$transaction((tx) => takeOver(tx, row, { twin, message }));
  return true;
}
