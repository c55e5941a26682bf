import { db } from '@/server/db/client';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireOwnDataset } from './dataset-row';

/** Removes a dataset with all its entries. One that is being read ends so: its reader finds it gone. */
export async function removeDataset(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  await requireOwnDataset(scope, id);
  await db().dataset.delete({ where: { id } });
}
