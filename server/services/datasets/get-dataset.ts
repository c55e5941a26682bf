import type { DatasetSummary } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireDataset, toDatasetSummary } from './dataset-row';

export async function getDataset(actor: Actor, { slug }: { slug: string }): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'read');
  return toDatasetSummary(await requireDataset(scope, { slug }), scope);
}
