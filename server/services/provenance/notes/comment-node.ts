import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { requireItem } from '../items';
import { targetOf } from './target';

export async function commentNode(
  actor: Actor,
  { id, body }: { id: string; body: string },
): Promise<{ commentId: string }> {
  const scope = await projectScope(actor, 'write');
  const target = targetOf(await requireItem(scope, id));
  const made = await db().nodeComment.create({ data: { ...scope, ...target, userId: actor.userId, body } });
  return { commentId: made.id };
}

/** Takes back a comment of one's own. */
export async function removeComment(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const { count } = await db().nodeComment.deleteMany({ where: { ...scope, id, userId: actor.userId } });
  if (count === 0) throw notFound('The comment');
}
