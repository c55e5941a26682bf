import { db } from '@/server/db/client';
import type { NodeNotes } from '@/server/schemas/provenance';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { requireItem } from '../items';
import { targetOf } from './target';

const SHOWN = 200;

/** Tags, comments and groups of a node, the newest comment last. */
export async function getNotes(actor: Actor, { id }: { id: string }): Promise<NodeNotes> {
  const scope = await projectScope(actor, 'read');
  const target = targetOf(await requireItem(scope, id));
  const [tags, comments, groups] = await Promise.all([
    db().nodeTag.findMany({ where: target, select: { name: true }, orderBy: { name: 'asc' } }),
    db().nodeComment.findMany({
      where: target,
      include: { user: { select: { name: true } } },
      orderBy: { id: 'desc' },
      take: SHOWN,
    }),
    db().nodeGroup.findMany({
      where: { members: { some: target } },
      omit: { projectId: true },
      orderBy: { name: 'asc' },
      take: SHOWN,
    }),
  ]);
  return {
    tags: tags.map(({ name }) => name),
    comments: comments.reverse().map(({ id: commentId, body, user, userId, createdAt }) => ({
      ...{ id: commentId, body, createdAt },
      createdBy: user.name,
      isOwn: userId === actor.userId,
    })),
    groups,
  };
}
