import type { z } from 'zod';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import type { keepSchema, SavedQuery } from '@/server/schemas/result-sets';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { requireDataset } from '../dataset-row';

/** Keeps what is asked of a dataset under a name, for the members of the project. */
export async function saveQuery(actor: Actor, { slug, name, search }: z.infer<typeof keepSchema>): Promise<SavedQuery> {
  const scope = await projectScope(actor, 'write');
  const { id: datasetId, title } = await requireDataset(scope, { slug });
  const { id, createdAt } = await db().savedQuery.create({ data: { id: newId(), ...scope, datasetId, name, search } });
  return { id, name, search, dataset: { slug, title }, createdAt };
}
