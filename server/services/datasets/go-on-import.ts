import type { z } from 'zod';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError } from '@/server/errors';
import type { DatasetReport, DatasetSource, goOnImportSchema } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { enqueue } from '../calculations/enqueue';
import { projectScope } from '../scope';
import { requireOwnDataset } from './dataset-row';
import { emptyReport, ReportWriter } from './import/report';
import { DATASET_IMPORT } from './start-import';

/** An import that ended early goes on where it ended; anew, what it took is set back first. One that is whole has its space groups looked for. */
export async function goOnImport(actor: Actor, { id, isAnew }: z.infer<typeof goOnImportSchema>): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const row = await requireOwnDataset(scope, id);
  if (row.state === 'importing' || (row.state === 'ready' && (isAnew || row.symmetryCount >= row.entryCount)))
    throw new AppError('conflict', 'the import needs not go on', {
      userMessage:
        row.state === 'importing' ? 'This import is going on.' : 'This import is whole. Remove it and bring it again.',
    });
  const report = new ReportWriter(row.report as unknown as DatasetReport);
  report.goOn();
  const source = row.source as unknown as DatasetSource;
  await db().$transaction(async (tx) => {
    const { count } = await tx.dataset.updateMany({
      where: { id, state: row.state },
      data: {
        ...(row.state === 'interrupted' ? { state: 'importing' } : {}),
        report: asJson(isAnew ? emptyReport : report.value),
        source: asJson(isAnew ? atBeginning(source) : { ...source, waiting: null }),
        ...(isAnew ? { entryCount: 0, symmetryCount: 0, properties: [] } : {}),
        revision: { increment: 1 },
        updatedAt: new Date(),
      },
    });
    if (count === 0) return;
    if (isAnew) {
      await tx.entry.deleteMany({ where: { datasetId: id } });
      await tx.datasetReference.deleteMany({ where: { datasetId: id } });
      await tx.curationMember.deleteMany({ where: { datasetId: id } });
      await tx.curation.updateMany({
        where: { datasetId: id },
        data: { step: 'examine', examined: 0, matchedTo: '', writtenTo: 0, keptSha256: null },
      });
    }
    await enqueue(tx, id, 'normal', DATASET_IMPORT, newId());
  });
}

const atBeginning = (source: DatasetSource): DatasetSource =>
  source.kind === 'curation'
    ? source
    : source.kind === 'optimade'
      ? { ...source, next: null, lines: 0, entriesExpected: null, waiting: null }
      : { ...source, lines: 0, bytesRead: 0 };
