import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { Page } from '@/server/schemas/common';
import type { listNotebooksSchema, NotebookSummary } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';
import { toPage } from '../page';
import { projectScope } from '../scope';
import { toSummary } from './notebook-row';

/** The notebooks of the project, the newest first. */
export async function listNotebooks(
  actor: Actor,
  { cursor, limit, isArchived }: z.infer<typeof listNotebooksSchema>,
): Promise<Page<NotebookSummary>> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().notebook.findMany({
    where: {
      ...scope,
      visitOfId: null,
      archivedAt: isArchived ? { not: null } : null,
      ...(cursor ? { id: { lt: cursor } } : {}),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows, limit, toSummary);
}
