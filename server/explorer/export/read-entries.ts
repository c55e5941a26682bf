import { db } from '@/server/db/client';
import type { EntryRow } from '@/server/optimade/structures/write-entry';

/** An entry with all that is stored of it. */
export interface WholeEntry extends EntryRow {
  volumeAngstrom3: number | null;
  structureHash: string | null;
  failures: Record<string, string> | null;
}

const AT_ONCE = 500;

/** Entries by their numbers, in that order; their structures only where they are wanted, else null. What is gone meanwhile is left out. */
export async function* readEntries(
  datasetId: string,
  numbers: readonly number[],
  { withStructures }: { withStructures: boolean },
): AsyncGenerator<WholeEntry> {
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    const part = numbers.slice(from, from + AT_ONCE);
    const rows = await db().$queryRaw<WholeEntry[]>`
      SELECT e."number", e."key", e."elements", e."elementCount", e."siteCount", e."periodicCount", e."formulaReduced", e."formulaAnonymous",
        e."formulaHill", e."formulaDescriptive", e."spaceGroupNumber", e."volumeAngstrom3", e."structureHash", e."lastModified",
        e."properties", e."failures", e."referenceKeys",
        CASE WHEN ${withStructures} THEN (SELECT s."attributes" FROM "EntryStructure" s
          WHERE s."datasetId" = e."datasetId" AND s."number" = e."number") END AS "attributes"
      FROM "Entry" e WHERE e."datasetId" = ${datasetId}::uuid AND e."number" = ANY(${part}::integer[])`;
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    for (const number of part) {
      const row = byNumber.get(number);
      if (row) yield row;
    }
  }
}
