import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';

export async function removeQuery(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const { count } = await db().savedQuery.deleteMany({ where: { id, ...scope } });
  if (count === 0) throw notFound('The saved query');
}
