import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Actor } from '../actor';
import { projectScope } from '../scope';

/** Removes a family of the project. Calculations keep what they were computed with: their inputs name the files by hash. */
export async function removeFamily(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const { count } = await db().pseudopotentialFamily.deleteMany({ where: { ...scope, id } });
  if (count === 0) throw notFound('The family');
}
