import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Actor } from '../actor';
import { projectScope } from '../scope';

export async function discardDraft(actor: Actor, { id }: { id: string }): Promise<{ id: string }> {
  const scope = await projectScope(actor, 'write');
  const { count } = await db().draft.deleteMany({ where: { ...scope, id, userId: actor.userId } });
  if (count === 0) throw notFound('The draft');
  return { id };
}
