import type { Notebook } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Actor } from '../actor';

/** A visitor's own copy of an app: nobody else finds it. */
export async function requireVisit(
  scope: { projectId: string },
  { userId }: Actor,
  id: string,
): Promise<Notebook & { visitOfId: string; visitVersion: number }> {
  const row = await db().notebook.findFirst({ where: { ...scope, userId, id, visitOfId: { not: null } } });
  if (!row) throw notFound('The opened app');
  return row as Notebook & { visitOfId: string; visitVersion: number };
}
