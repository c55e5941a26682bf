import { asJson, type Database, db } from '@/server/db/client';
import type { DatasetSource } from '@/server/schemas/datasets';
import type { Definitions } from './definitions';
import type { ReadEntry } from './read-entry';
import type { ReadLine } from './read-lines';
import type { ReportWriter } from './report';
import { writeEntries, writeReferences } from './write-entries';

interface Progress {
  datasetId: string;
  /** What was read before this piece: another worker that took the reading over is found by it. */
  begin: number;
  source: DatasetSource;
  definitions: Definitions;
  report: ReportWriter;
}

/**
 * One piece in one transaction with the place that it reached: whenever the process ends, the next one goes on behind the last whole piece, and
 * nothing is taken twice. False where the dataset was removed or stopped meanwhile, or somebody else reads it.
 */
export async function storePiece(
  { datasetId, begin, source, definitions, report }: Progress,
  lines: readonly ReadLine[],
): Promise<boolean> {
  for (const line of lines) if (line.is === 'definitions') definitions.describe(line.properties);
  const taken = takeLines(lines, definitions, report);
  return db().$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ entryCount: number; state: string; lines: number }[]>`
      SELECT "entryCount", "state"::text, ("source" ->> 'lines')::integer AS "lines" FROM "Dataset" WHERE "id" = ${datasetId}::uuid FOR UPDATE`;
    if (row?.state !== 'importing' || row.lines !== begin) return false;
    await addTaken(tx, { id: datasetId, entryCount: row.entryCount }, { ...taken, definitions, report });
    await tx.dataset.update({ where: { id: datasetId }, data: { source: asJson(source) } });
    return true;
  });
}

interface Taken {
  entries: ReadEntry[];
  references: { key: string; attributes: Record<string, unknown> }[];
}

/** The entries and publications of lines, with the properties that fit what they are known as; what is left out goes into the report. */
export function takeLines(lines: readonly ReadLine[], definitions: Definitions, report: ReportWriter): Taken {
  for (const line of lines) if (line.is === 'refused') report.refuse(line.what, line.why);
  const entries = lines.flatMap((line) => (line.is === 'entry' ? [line.entry] : []));
  for (const entry of entries) {
    const { kept, refused } = definitions.fit(entry.properties);
    entry.properties = kept;
    for (const why of refused) report.leaveOut(entry.key, why);
    for (const name of Object.keys(entry.failures ?? {})) definitions.expect(name);
  }
  return { entries, references: lines.flatMap((line) => (line.is === 'reference' ? [line] : [])) };
}

/** Adds them behind the entries that the dataset has, with what is now known of its properties and what was left out. */
export async function addTaken(
  tx: Database,
  { id, entryCount }: { id: string; entryCount: number },
  { entries, references, definitions, report }: Taken & { definitions: Definitions; report: ReportWriter },
): Promise<void> {
  const repeated = await writeEntries(tx, id, entryCount + 1, entries);
  await writeReferences(tx, id, references);
  for (const key of repeated) report.repeat(key);
  report.taken(entries.length - repeated.length);
  await tx.dataset.update({
    where: { id },
    data: {
      entryCount: { increment: entries.length - repeated.length },
      revision: { increment: 1 },
      properties: asJson(definitions.list),
      report: asJson(report.value),
      updatedAt: new Date(),
    },
  });
}
