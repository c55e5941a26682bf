import { db } from '@/server/db/client';
import type { Actor } from '../actor';
import { endVisits } from '../apps/end-visits';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';
import { askRuntimes } from './runtimes';

/** Deletes a notebook with its history, its runtime, the folder in which that worked, and the app that was made of it. */
export async function removeNotebook(actor: Actor, { id }: { id: string }): Promise<{ id: string }> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  await askRuntimes('DELETE', `/notebooks/${id}`);
  const app = await db().app.findUnique({ where: { notebookId: id }, select: { id: true } });
  if (app) await endVisits(app.id);
  await db().notebook.delete({ where: { id } });
  return { id };
}
