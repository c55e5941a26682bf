import { db } from '@/server/db/client';
import type { DatasetSummary } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { toDatasetSummary, visibleTo } from './dataset-row';

/** More than anybody keeps beside each other. */
const DATASETS_MAX = 500;

/** The datasets that the project may browse, the platform's first, then its own, the newest first. */
export async function listDatasets(actor: Actor): Promise<DatasetSummary[]> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().dataset.findMany({
    where: visibleTo(scope),
    orderBy: [{ projectId: { sort: 'asc', nulls: 'first' } }, { id: 'desc' }],
    take: DATASETS_MAX,
  });
  return rows.map((row) => toDatasetSummary(row, scope));
}
