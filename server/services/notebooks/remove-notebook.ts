import { db } from '@/server/db/client';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';
import { askRuntimes } from './runtimes';

/** Deletes a notebook with its history, its runtime and the folder in which that worked. */
export async function removeNotebook(actor: Actor, { id }: { id: string }): Promise<{ id: string }> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  await askRuntimes('DELETE', `/notebooks/${id}`);
  await db().notebook.delete({ where: { id } });
  return { id };
}
