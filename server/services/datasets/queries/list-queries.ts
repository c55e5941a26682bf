import { db } from '@/server/db/client';
import type { SavedQuery } from '@/server/schemas/result-sets';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';

/** More than anybody looks through. */
const QUERIES_MAX = 500;

/** The saved queries of the project, the newest first. */
export async function listQueries(actor: Actor): Promise<SavedQuery[]> {
  const scope = await projectScope(actor, 'read');
  return db().savedQuery.findMany({
    where: scope,
    orderBy: { id: 'desc' },
    take: QUERIES_MAX,
    select: { id: true, name: true, search: true, createdAt: true, dataset: { select: { slug: true, title: true } } },
  });
}
