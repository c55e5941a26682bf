import type { Notebook } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { NotebookSummary } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';

/** The notebook of that id in the project, or 404. */
export async function requireNotebook(scope: { projectId: string }, id: string): Promise<Notebook> {
  const row = await db().notebook.findFirst({ where: { ...scope, id, visitOfId: null } });
  if (!row) throw notFound('The notebook');
  return row;
}

/** The same, or what this person has opened of an app. */
export async function requireNotebookOrVisit(
  scope: { projectId: string },
  { userId }: Actor,
  id: string,
): Promise<Notebook> {
  const row = await db().notebook.findFirst({ where: { ...scope, id, OR: [{ visitOfId: null }, { userId }] } });
  if (!row) throw notFound('The notebook');
  return row;
}

export const toSummary = ({ id, name, spec, createdAt, updatedAt, archivedAt }: Notebook): NotebookSummary => ({
  ...{ id, name, spec, createdAt, updatedAt },
  isArchived: archivedAt !== null,
});
