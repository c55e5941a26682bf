import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Draft } from '@/server/schemas/draft';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { toDraft, withFormula } from './draft-row';

/** A draft of the actor's own: drafts are not shared within a project. */
export async function getDraft(actor: Actor, { id }: { id: string }): Promise<Draft> {
  const scope = await projectScope(actor, 'read');
  const row = await db().draft.findFirst({ where: { ...scope, id, userId: actor.userId }, include: withFormula });
  if (!row) throw notFound('The draft');
  return toDraft(row);
}
