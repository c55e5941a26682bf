import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { DatasetSummary, describeDatasetSchema } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireOwnDataset, toDatasetSummary } from './dataset-row';

/** Changes what a person says of a dataset: its title, licence, citation, and whether programs may read it without a key. */
export async function describeDataset(
  actor: Actor,
  { id, ...changes }: z.infer<typeof describeDatasetSchema>,
): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'write');
  await requireOwnDataset(scope, id);
  const row = await db().dataset.update({ where: { id }, data: { ...changes, updatedAt: new Date() } });
  return toDatasetSummary(row, scope);
}
