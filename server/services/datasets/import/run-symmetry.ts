import { db } from '@/server/db/client';
import { inThread } from '../../structures/thread/in-thread';
import { byHalving } from './read-batch';

/** Looked at between two looks at whether to stop; their structures are in memory together. */
const AT_ONCE = 100;
/** Of one structure; more of them together have as much time for each ten. */
const DEADLINE_MS = 2_000;

/**
 * Looks for the space groups of a dataset's crystals where its source gives none, behind those that were looked at. Each step is stored with the
 * place that it reached. False where it was told to stop before its end.
 */
export async function runSymmetry(datasetId: string, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    if (signal.aborted) return false;
    const row = await db().dataset.findUnique({
      where: { id: datasetId },
      select: { state: true, symmetryCount: true, entryCount: true },
    });
    if (row?.state !== 'ready') return true;
    const { symmetryCount: from, entryCount } = row;
    if (from >= entryCount) return true;
    const to = Math.min(from + AT_ONCE, entryCount);
    const isOurs = await store(datasetId, { from, to }, await find(datasetId, from, to), to === entryCount);
    if (!isOurs) return true;
  }
}

interface Found {
  number: number;
  spaceGroup: number;
}

async function find(datasetId: string, from: number, to: number): Promise<Found[]> {
  const rows = await db().$queryRaw<{ number: number; attributes: Record<string, unknown> }[]>`
    SELECT e."number", s."attributes" FROM "Entry" e JOIN "EntryStructure" s USING ("datasetId", "number")
    WHERE e."datasetId" = ${datasetId}::uuid AND e."number" > ${from} AND e."number" <= ${to}
      AND e."spaceGroupNumber" IS NULL AND e."periodicCount" = 3 AND s."attributes" ? 'cartesian_site_positions'
    ORDER BY e."number"`;
  const groups = await byHalving(
    rows,
    (part) => {
      const structures = part.map(({ attributes }) => attributes);
      return inThread('findSpaceGroups', { structures }, DEADLINE_MS * Math.ceil(part.length / 10));
    },
    () => null,
  );
  return rows.flatMap(({ number }, i) => (groups[i] == null ? [] : [{ number, spaceGroup: groups[i] }]));
}

/** What holds the entries in memory is told when all of them are done, and not at every step. False where somebody else went on meanwhile. */
async function store(
  datasetId: string,
  { from, to }: { from: number; to: number },
  found: readonly Found[],
  isLast: boolean,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const count = await tx.$executeRaw`UPDATE "Dataset" SET "symmetryCount" = ${to}, "updatedAt" = now(),
        "revision" = "revision" + ${isLast ? 1 : 0}
      WHERE "id" = ${datasetId}::uuid AND "state" = 'ready' AND "symmetryCount" = ${from}`;
    if (count === 0) return false;
    await tx.$executeRaw`UPDATE "Entry" e SET "spaceGroupNumber" = r."spaceGroup"
      FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS r("number" integer, "spaceGroup" integer)
      WHERE e."datasetId" = ${datasetId}::uuid AND e."number" = r."number"`;
    return true;
  });
}
