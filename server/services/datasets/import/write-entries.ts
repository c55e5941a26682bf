import type { Database } from '@/server/db/client';
import type { ReadEntry } from './read-entry';

/** Adds entries behind those that are there. Returns the ids that were left out because the dataset has an entry of that id. */
export async function writeEntries(
  tx: Database,
  datasetId: string,
  first: number,
  entries: readonly ReadEntry[],
): Promise<string[]> {
  if (entries.length === 0) return [];
  const taken = new Set(await knownKeys(tx, datasetId, entries));
  const repeated: string[] = [];
  const added: (ReadEntry & { number: number })[] = [];
  for (const entry of entries) {
    if (taken.has(entry.key)) repeated.push(entry.key);
    else added.push({ ...entry, number: first + added.length });
    taken.add(entry.key);
  }
  const rows = JSON.stringify(added);
  await tx.$executeRaw`INSERT INTO "Entry" ("datasetId", "number", "key", "elements", "elementCount", "siteCount", "periodicCount",
      "formulaReduced", "formulaAnonymous", "formulaHill", "formulaDescriptive", "spaceGroupNumber", "volumeAngstrom3", "structureHash",
      "lastModified", "properties", "failures", "referenceKeys")
    SELECT ${datasetId}::uuid, r."number", r."key", r."elements", r."elementCount", r."siteCount", r."periodicCount",
      r."formulaReduced", r."formulaAnonymous", r."formulaHill", r."formulaDescriptive", r."spaceGroupNumber", r."volumeAngstrom3",
      r."structureHash", r."lastModified", r."properties", r."failures", r."referenceKeys"
    FROM jsonb_to_recordset(${rows}::jsonb) AS r("number" integer, "key" text, "elements" text[], "elementCount" integer,
      "siteCount" integer, "periodicCount" integer, "formulaReduced" text, "formulaAnonymous" text, "formulaHill" text,
      "formulaDescriptive" text, "spaceGroupNumber" integer, "volumeAngstrom3" double precision, "structureHash" text,
      "lastModified" timestamptz, "properties" jsonb, "failures" jsonb, "referenceKeys" text[])`;
  await tx.$executeRaw`INSERT INTO "EntryStructure" ("datasetId", "number", "attributes")
    SELECT ${datasetId}::uuid, r."number", r."attributes" FROM jsonb_to_recordset(${rows}::jsonb) AS r("number" integer, "attributes" jsonb)`;
  return repeated;
}

async function knownKeys(tx: Database, datasetId: string, entries: readonly ReadEntry[]): Promise<string[]> {
  const rows = await tx.entry.findMany({
    where: { datasetId, key: { in: entries.map(({ key }) => key) } },
    select: { key: true },
  });
  return rows.map(({ key }) => key);
}

/** Publications that entries name; a later one of the same id takes the place of the earlier. */
export async function writeReferences(
  tx: Database,
  datasetId: string,
  references: readonly { key: string; attributes: Record<string, unknown> }[],
): Promise<void> {
  if (references.length === 0) return;
  const latest = [...new Map(references.map((reference) => [reference.key, reference])).values()];
  await tx.$executeRaw`INSERT INTO "DatasetReference" ("datasetId", "key", "attributes")
    SELECT ${datasetId}::uuid, r."key", r."attributes" FROM jsonb_to_recordset(${JSON.stringify(latest)}::jsonb) AS r("key" text, "attributes" jsonb)
    ON CONFLICT ("datasetId", "key") DO UPDATE SET "attributes" = EXCLUDED."attributes"`;
}
