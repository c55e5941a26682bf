import { asJson, db } from '@/server/db/client';
import { isDatabaseAway } from '@/server/errors';
import type { DatasetReport, DatasetSource, PropertyDefinition } from '@/server/schemas/datasets';
import { runCuration } from '../curate/run-curation';
import { Definitions } from './definitions';
import { ReportWriter } from './report';
import { SourceFault } from './source-fault';
import { piecesOf } from './sources/pieces-of';
import type { Patience } from './sources/try-again';
import { storePiece } from './store-piece';

/** Reads a dataset's source from where the last run ended, piece by piece. False where it was told to stop before its end. */
export async function runImport(datasetId: string, signal: AbortSignal, patience?: Patience): Promise<boolean> {
  const row = await db().dataset.findUnique({ where: { id: datasetId } });
  if (row?.state !== 'importing') return true;
  const source = row.source as unknown as DatasetSource;
  const definitions = new Definitions(row.properties as unknown as PropertyDefinition[]);
  const report = new ReportWriter(row.report as unknown as DatasetReport);
  try {
    if (source.kind === 'curation') {
      if (!(await runCuration(row, signal))) return false;
      // It may have reported what it could not write.
      const ended = await db().dataset.findUnique({ where: { id: datasetId } });
      if (ended?.state === 'importing')
        await finish(datasetId, 'ready', new ReportWriter(ended.report as unknown as DatasetReport));
      return true;
    }
    let begin = source.lines;
    for await (const { lines, source: reached } of piecesOf(row, signal, patience)) {
      if (signal.aborted) return false;
      const isStored = await storePiece({ datasetId, begin, source: reached, definitions, report }, lines);
      if (!isStored) return true;
      begin = reached.lines;
    }
    await finish(datasetId, 'ready', report);
  } catch (err) {
    if (signal.aborted) return false;
    if (isDatabaseAway(err)) throw err;
    report.end(
      err instanceof SourceFault
        ? err.message
        : 'Reading it met a fault that was not foreseen; the log on the server says more.',
    );
    await finish(datasetId, 'interrupted', report);
    if (!(err instanceof SourceFault)) throw err;
  }
  return true;
}

async function finish(datasetId: string, state: 'ready' | 'interrupted', report: ReportWriter): Promise<void> {
  await db().dataset.updateMany({
    where: { id: datasetId, state: 'importing' },
    data: { state, report: asJson(report.value), revision: { increment: 1 }, updatedAt: new Date() },
  });
  // So that plans know the shares of elements from the first question on.
  await db().$executeRawUnsafe('ANALYZE "Entry"');
}
