import type { Dataset } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { visibleTo } from './dataset-row';

/** The datasets that OPTIMADE serves: to a member of a project those of it and the platform's, to anybody else those that are open to all. */
export async function servedDatasets(actor: Actor | null): Promise<Dataset[]> {
  const where = actor ? { OR: [visibleTo(await projectScope(actor, 'read')), { isOpen: true }] } : { isOpen: true };
  return db().dataset.findMany({ where, orderBy: { slug: 'asc' } });
}
