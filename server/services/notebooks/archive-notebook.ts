import { db } from '@/server/db/client';
import type { NotebookSummary } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook, toSummary } from './notebook-row';

/** Out of the list, or back into it; nothing of it is lost. */
export async function archiveNotebook(
  actor: Actor,
  { id, isArchived }: { id: string; isArchived: boolean },
): Promise<NotebookSummary> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return toSummary(await db().notebook.update({ where: { id }, data: { archivedAt: isArchived ? new Date() : null } }));
}
