import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { Page } from '@/server/schemas/common';
import type { listVersionsSchema, VersionKind, VersionSummary } from '@/server/schemas/notebook/versions';
import type { Actor } from '../actor';
import { toPage } from '../page';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';

/** The versions of a notebook, the newest first. */
export async function listVersions(
  actor: Actor,
  { id: notebookId, cursor, limit }: z.infer<typeof listVersionsSchema>,
): Promise<Page<VersionSummary>> {
  await requireNotebook(await projectScope(actor, 'read'), notebookId);
  const rows = await db().notebookVersion.findMany({
    where: { notebookId, ...(cursor ? { id: { lt: cursor } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
    select: {
      ...{ id: true, kind: true, name: true, createdAt: true, cellCount: true, changedCells: true },
      user: { select: { name: true } },
    },
  });
  return toPage(rows, limit, ({ user, kind, ...row }) => ({
    ...row,
    kind: kind as VersionKind,
    by: user?.name ?? null,
  }));
}
