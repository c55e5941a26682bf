import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { sweepBlobs } from '@/server/db/blobs';
import { type Database, db } from '@/server/db/client';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import type { deleteNodeSchema } from '@/server/schemas/provenance';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { startAt } from './plan-deletion';
import { runningAmong } from './running';
import { type Selected, select } from './select';

const TIMEOUT_MS = 120_000;

/**
 * Takes a node and all that goes with it out of the graph, whole or not at all. What goes is what the person saw: where more has come
 * to it since, nothing is deleted.
 */
export async function deleteNode(
  actor: Actor,
  { id, withAncestors, fingerprint }: z.infer<typeof deleteNodeSchema>,
): Promise<{ values: number; processes: number }> {
  const scope = await projectScope(actor, 'write');
  const start = await startAt(scope, id);
  const gone = await db().$transaction(
    async (tx) => {
      await lock(tx, await select(tx, start, withAncestors));
      // Whoever links to one of these now waits for the lock; who did before is seen here.
      const selected = await select(tx, start, withAncestors);
      if (selected.fingerprint !== fingerprint) throw changed();
      await refuseRunning(tx, selected);
      const { data, processes, structureIds } = selected;
      const jobs = await tx.process.findMany({
        where: { id: { in: [...processes] }, kind: 'job' },
        select: { id: true },
      });
      await leaveRemoteRuns(tx, selected);
      await tx.calculation.deleteMany({ where: { id: { in: [...processes] } } });
      await tx.process.deleteMany({ where: { id: { in: [...processes] } } });
      await tx.dataNode.deleteMany({ where: { id: { in: [...data] } } });
      await tx.structure.deleteMany({ where: { id: { in: structureIds } } });
      return { values: data.size, processes: processes.size, jobs };
    },
    { timeout: TIMEOUT_MS },
  );
  for (const job of gone.jobs) await rm(join(env().runFolder, job.id), { recursive: true, force: true });
  // Files that are younger than a day may be about to be used, and go with a later sweep.
  await sweepBlobs(db());
  return { values: gone.values, processes: gone.processes };
}

async function lock(tx: Database, { data, processes }: Selected): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Process" WHERE "id" = ANY(${[...processes]}::uuid[]) ORDER BY "id" FOR UPDATE`;
  await tx.$queryRaw`SELECT "id" FROM "DataNode" WHERE "id" = ANY(${[...data]}::uuid[]) ORDER BY "id" FOR UPDATE`;
}

/** The worker alone speaks to other computers: it finds there what was left. */
const leaveRemoteRuns = (tx: Database, { processes }: Selected) =>
  tx.$executeRaw`INSERT INTO "LeftRun" ("processId", "computerId")
    SELECT p."id", p."computerId" FROM "Process" p JOIN "Computer" k ON k."id" = p."computerId"
    WHERE p."id" = ANY(${[...processes]}::uuid[]) AND p."kind" = 'job' AND k."key" IS NULL AND p."attempt" > 0
      AND p."remoteCleanedAt" IS NULL`;

async function refuseRunning(tx: Database, selected: Selected): Promise<void> {
  const [first, ...more] = await runningAmong(tx, selected);
  if (!first) return;
  throw new AppError('conflict', `process ${first.id} has not ended`, {
    userMessage: `“${first.title}”${more.length > 0 ? ` and ${more.length} more` : ''} would go with it or waits for it, and has not ended. Stop it first, or wait for its end.`,
    details: { running: [first, ...more].map((one) => one.id) },
  });
}

const changed = () =>
  new AppError('conflict', 'what would go has changed since it was shown', {
    userMessage: 'Since you looked, something came to what would go or left it. Look at it again before you delete it.',
  });
