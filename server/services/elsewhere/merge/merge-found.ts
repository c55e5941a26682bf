import { type Database, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { inThread } from '../../structures/thread/in-thread';
import type { Grouped, Ungrouped } from './group-crystals';

/** Of one composition at once; with as many that stand for their groups. */
const FRESH_MAX = 25;
const KNOWN_MAX = 60;
const DEADLINE_MS = 5_000;

const running = new Map<string, Promise<void>>();

/** Finds which entries of a search are the same crystal. One run at a time: whatever came meanwhile is looked at after it. */
export async function mergeFound(searchId: string, signal: AbortSignal): Promise<boolean> {
  const turn = (running.get(searchId) ?? Promise.resolve()).then(() => merge(searchId, signal));
  const tail = turn.catch(() => undefined);
  running.set(searchId, tail);
  try {
    await turn;
  } finally {
    if (running.get(searchId) === tail) running.delete(searchId);
  }
  return !signal.aborted;
}

async function merge(searchId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const first = await db().remoteEntry.findFirst({
      where: { searchId, comparison: 'waiting' },
      orderBy: { id: 'asc' },
      select: { formula: true },
    });
    if (!first) return;
    await mergeFormula(searchId, first.formula);
  }
}

/** Under a lock of the search: another worker that compares the same entries waits, and finds them compared. */
const mergeFormula = (searchId: string, formula: string): Promise<void> =>
  db().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${searchId}, 0))`;
      await mergeLocked(tx, searchId, formula);
    },
    { timeout: 4 * DEADLINE_MS },
  );

async function mergeLocked(tx: Database, searchId: string, formula: string): Promise<void> {
  const select = { id: true, attributes: true } as const;
  const fresh = await tx.remoteEntry.findMany({
    where: { searchId, formula, comparison: 'waiting' },
    orderBy: { id: 'asc' },
    take: FRESH_MAX,
    select,
  });
  const known = await tx.$queryRaw<Ungrouped[]>`SELECT "id", "attributes" FROM "RemoteEntry"
    WHERE "searchId" = ${searchId}::uuid AND "formula" = ${formula} AND "comparison" <> 'waiting' AND "groupId" = "id"
    ORDER BY "siteCount", "id" LIMIT ${KNOWN_MAX}`;
  const grouped = await inThread('groupCrystals', { known, fresh }, DEADLINE_MS).catch((err: unknown): Grouped[] => {
    if (!(err instanceof AppError) || !err.details['endsThread']) throw err;
    return fresh.map(({ id }) => ({ id, groupId: id, isSkipped: true }));
  });
  await tx.$executeRaw`UPDATE "RemoteEntry" e
    SET "groupId" = g."groupId", "comparison" = CASE WHEN g."isSkipped" THEN 'skipped' ELSE 'done' END::"Comparison"
    FROM jsonb_to_recordset(${JSON.stringify(grouped)}::jsonb) AS g("id" uuid, "groupId" uuid, "isSkipped" boolean)
    WHERE e."id" = g."id"`;
}
