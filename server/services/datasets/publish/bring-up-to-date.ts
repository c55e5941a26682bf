import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError } from '@/server/errors';
import type { DatasetSource, DatasetSummary } from '@/server/schemas/datasets';
import type { Actor } from '../../actor';
import { enqueue } from '../../calculations/enqueue';
import { projectScope } from '../../scope';
import { requireOwnDataset, toDatasetSummary } from '../dataset-row';
import { emptyReport } from '../import/report';
import { DATASET_IMPORT } from '../start-import';

/** Has a worker publish again what a dataset's query over calculations finds today. What was published stays until all of it is read. */
export async function bringUpToDate(actor: Actor, { id }: { id: string }): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'write');
  const row = await requireOwnDataset(scope, id);
  const source = row.source as unknown as DatasetSource;
  if (source.kind !== 'calculations')
    throw new AppError('blocked', 'not made of calculations', {
      userMessage: 'This dataset was not made of calculations here. To bring it up to date, import it again.',
    });
  if (row.state !== 'ready')
    throw new AppError('conflict', 'the dataset is being read', {
      userMessage: 'This dataset is still being read, or its reading ended early. Wait for it, or let it go on first.',
    });
  const again = { ...source, cursor: null, lines: 0, isUpdate: true };
  const made = await db().$transaction(async (tx) => {
    const { count } = await tx.dataset.updateMany({
      where: { id, state: 'ready' },
      data: { state: 'importing', source: asJson(again), report: asJson(emptyReport), updatedAt: new Date() },
    });
    if (count > 0) {
      await tx.stagedEntry.deleteMany({ where: { datasetId: id } });
      await enqueue(tx, id, 'normal', DATASET_IMPORT, newId());
    }
    return tx.dataset.findUniqueOrThrow({ where: { id } });
  });
  return toDatasetSummary(made, scope);
}
