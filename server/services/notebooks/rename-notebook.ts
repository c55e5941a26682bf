import { db } from '@/server/db/client';
import type { NotebookSummary } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook, toSummary } from './notebook-row';

export async function renameNotebook(
  actor: Actor,
  { id, name }: { id: string; name: string },
): Promise<NotebookSummary> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return toSummary(await db().notebook.update({ where: { id }, data: { name } }));
}
