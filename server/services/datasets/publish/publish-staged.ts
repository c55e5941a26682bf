import { asJson, type Database, db } from '@/server/db/client';
import type { PublicationChanges } from '@/server/schemas/publication';
import type { ReadEntry } from '../import/read-entry';
import type { ReportWriter } from '../import/report';
import { writeEntries } from '../import/write-entries';
import { publishedDefinitions } from './definitions.data';
import { raiseVersion } from './raise-version';
import type { PublicationSource } from './run-publication';

const AT_ONCE = 500;
const TIMEOUT_MS = 300_000;

/**
 * Puts what was read in the place of what was published before, in one transaction: whoever browses sees the one or the other. The version rises
 * only where something changed.
 */
export async function publishStaged(datasetId: string, report: ReportWriter): Promise<void> {
  await db().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Dataset" WHERE "id" = ${datasetId}::uuid FOR UPDATE`;
      const row = await tx.dataset.findUnique({ where: { id: datasetId } });
      if (row?.state !== 'importing') return;
      const source = row.source as unknown as PublicationSource;
      const counts = await compare(tx, datasetId);
      const isOther = counts.added + counts.changed + counts.gone > 0;
      const version = source.isUpdate && isOther ? raiseVersion(row.version) : row.version;
      const entryCount = isOther ? await replace(tx, datasetId) : row.entryCount;
      const names = await namesOf(tx, datasetId);
      report.taken(entryCount);
      await tx.stagedEntry.deleteMany({ where: { datasetId } });
      await tx.dataset.update({
        where: { id: datasetId },
        data: {
          ...{ state: 'ready', version, entryCount, report: asJson(report.value), updatedAt: new Date() },
          ...(isOther ? { symmetryCount: 0 } : {}),
          properties: asJson(publishedDefinitions.filter(({ name }) => names.has(name))),
          source: asJson({ ...source, changes: source.isUpdate ? { version, ...counts } : null }),
          revision: { increment: 1 },
        },
      });
    },
    { timeout: TIMEOUT_MS },
  );
  await db().$executeRawUnsafe('ANALYZE "Entry"');
}

type Counts = Omit<PublicationChanges, 'version'>;

async function compare(tx: Database, datasetId: string): Promise<Counts> {
  const [counts] = await tx.$queryRaw<Counts[]>`
    SELECT count(*) FILTER (WHERE e."key" IS NULL)::integer AS "added", count(*) FILTER (WHERE s."key" IS NULL)::integer AS "gone",
      count(*) FILTER (WHERE e."key" = s."key" AND (e."properties" <> s."entry" -> 'properties' OR e."structureHash" <> s."entry" ->> 'structureHash'
        OR coalesce(e."failures", 'null') <> coalesce(s."entry" -> 'failures', 'null')))::integer AS "changed"
    FROM (SELECT * FROM "Entry" WHERE "datasetId" = ${datasetId}::uuid) e
    FULL JOIN (SELECT * FROM "StagedEntry" WHERE "datasetId" = ${datasetId}::uuid) s ON s."key" = e."key"`;
  return counts!;
}

async function replace(tx: Database, datasetId: string): Promise<number> {
  await tx.entry.deleteMany({ where: { datasetId } });
  for (let count = 0; ; ) {
    const rows = await tx.stagedEntry.findMany({
      where: { datasetId, number: { gt: count } },
      orderBy: { number: 'asc' },
      take: AT_ONCE,
    });
    if (rows.length === 0) return count;
    await writeEntries(
      tx,
      datasetId,
      count + 1,
      rows.map(({ entry }) => entry as unknown as ReadEntry),
    );
    count += rows.length;
  }
}

/** Properties that some entry has, or failed to have. */
async function namesOf(tx: Database, datasetId: string): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT k."name" FROM "Entry" e
    CROSS JOIN LATERAL jsonb_object_keys(e."properties" || CASE jsonb_typeof(e."failures") WHEN 'object' THEN e."failures" ELSE '{}' END) k("name")
    WHERE e."datasetId" = ${datasetId}::uuid`;
  return new Set(rows.map(({ name }) => name));
}
