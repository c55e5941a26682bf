import type { Dataset } from '@/generated/prisma/client';
import { Prisma } from '@/generated/prisma/client';
import { asJson, type Database, db } from '@/server/db/client';
import type { DatasetReport, DatasetSource } from '@/server/schemas/datasets';
import type { ProcessState } from '@/server/schemas/process';
import { readBatch } from '../import/read-batch';
import type { ReadEntry } from '../import/read-entry';
import { ReportWriter } from '../import/report';
import { publishStaged } from './publish-staged';
import { readCalculations } from './read-calculations';
import { overSelected } from './selected';

const AT_ONCE = 100;

export type PublicationSource = Extract<DatasetSource, { kind: 'calculations' }>;

/**
 * Reads the calculations that a dataset's query finds today, page by page, from where the last run ended, and then puts all of them in the place
 * of what was published before. False where it was told to stop before its end.
 */
export async function runPublication(row: Dataset, signal: AbortSignal): Promise<boolean> {
  let source = row.source as unknown as PublicationSource;
  const report = new ReportWriter(row.report as unknown as DatasetReport);
  const { selection, choice } = source;
  for (;;) {
    if (signal.aborted) return false;
    const page = await pageOf({ projectId: row.projectId!, selection, choice }, source.cursor);
    if (page.length === 0) break;
    const entries = await readPage(page, report);
    const reached = { ...source, cursor: page.at(-1)!.id, lines: source.lines + page.length };
    if (!(await stage(row.id, { begin: source.lines, source: reached, report }, entries))) return true;
    source = reached;
  }
  await publishStaged(row.id, report);
  return true;
}

interface Found {
  id: string;
  label: string;
  state: ProcessState;
  isFit: boolean;
}

const pageOf = (asked: Parameters<typeof overSelected>[0], cursor: string | null): Promise<Found[]> =>
  overSelected<Found>(
    asked,
    Prisma.sql`SELECT k."id", k."label", k."state", k."isFit" FROM ranked k WHERE (k."place" = 1 OR NOT k."isFit")
      ${cursor === null ? Prisma.empty : Prisma.sql`AND k."id" > ${cursor}::uuid`} ORDER BY k."id" LIMIT ${AT_ONCE}`,
  );

async function readPage(page: readonly Found[], report: ReportWriter): Promise<ReadEntry[]> {
  for (const { label, state, isFit } of page)
    if (!isFit) report.refuse(label, `It is ${state} and has no results to publish.`);
  const read = await readCalculations(page.flatMap(({ id, isFit }) => (isFit ? [id] : [])));
  for (const { label, line, why } of read) if (line === null) report.refuse(label, why);
  const lines = await readBatch(read.flatMap(({ line }) => line ?? []));
  return lines.flatMap((line) => {
    if (line.is === 'refused') report.refuse(line.what, line.why);
    return line.is === 'entry' ? [line.entry] : [];
  });
}

interface Progress {
  /** Calculations that were read before: another worker that took the reading over is found by it. */
  begin: number;
  source: PublicationSource;
  report: ReportWriter;
}

/** Entries with the place that is reached, in one transaction. False where the dataset was removed or stopped, or somebody else reads it. */
function stage(
  datasetId: string,
  { begin, source, report }: Progress,
  entries: readonly ReadEntry[],
): Promise<boolean> {
  return db().$transaction(async (tx: Database) => {
    const [row] = await tx.$queryRaw<{ state: string; lines: number }[]>`
      SELECT "state"::text, ("source" ->> 'lines')::integer AS "lines" FROM "Dataset" WHERE "id" = ${datasetId}::uuid FOR UPDATE`;
    if (row?.state !== 'importing' || row.lines !== begin) return false;
    const { _max: last } = await tx.stagedEntry.aggregate({ where: { datasetId }, _max: { number: true } });
    const first = (last.number ?? 0) + 1;
    await tx.stagedEntry.createMany({
      data: entries.map((entry, i) => ({ datasetId, number: first + i, key: entry.key, entry: asJson(entry) })),
    });
    await tx.dataset.update({
      where: { id: datasetId },
      data: { source: asJson(source), report: asJson(report.value), updatedAt: new Date() },
    });
    return true;
  });
}
