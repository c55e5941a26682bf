import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import { type Actor, isAllowed, type Scope } from './actor';

/**
 * The one place where access to a project is decided: gives the filter that every query carries, or 404, the same for a
 * project that does not exist as for one the actor is no member of.
 */
export async function projectScope(actor: Actor, need: Scope): Promise<{ projectId: string }> {
  const membership = await db().membership.findUnique({
    where: { userId_projectId: { userId: actor.userId, projectId: actor.projectId } },
  });
  if (!membership) throw notFound('The project');
  if (!isAllowed(actor, need))
    throw new AppError('forbidden', `the token lacks the scope ${need}`, {
      userMessage: `This token may not ${need}.`,
    });
  if (need !== 'read' && membership.role === 'viewer')
    throw new AppError('forbidden', 'a viewer may not write', {
      userMessage: 'You may look at this project but not change it. Ask its owner to make you a member.',
    });
  return { projectId: actor.projectId };
}
