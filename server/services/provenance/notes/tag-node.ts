import { db } from '@/server/db/client';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { requireItem } from '../items';
import { targetOf } from './target';

interface NodeTag {
  id: string;
  tag: string;
}

/** Puts a tag on a node; the same tag twice is one. */
export async function tagNode(actor: Actor, { id, tag }: NodeTag): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const target = targetOf(await requireItem(scope, id));
  const data = { ...scope, ...target, userId: actor.userId, name: tag };
  await db().nodeTag.createMany({ data, skipDuplicates: true });
}

export async function untagNode(actor: Actor, { id, tag }: NodeTag): Promise<void> {
  const scope = await projectScope(actor, 'write');
  await db().nodeTag.deleteMany({ where: { ...targetOf(await requireItem(scope, id)), name: tag } });
}
