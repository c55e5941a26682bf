import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Actor } from '../actor';
import { projectScope } from '../scope';

/** The node of a result (`scf`, `bands`) that a job of a calculation made or took over. */
export async function findResultNode(
  actor: Actor,
  { calculationId, name }: { calculationId: string; name: string },
): Promise<{ id: string }> {
  const scope = await projectScope(actor, 'read');
  const link = await db().link.findFirst({
    where: {
      process: { ...scope, calculationId },
      kind: { in: ['create', 'return'] },
      dataNode: { kind: `${name}-result` },
    },
    orderBy: { id: 'desc' },
    select: { dataNodeId: true },
  });
  if (!link?.dataNodeId) throw notFound('The result');
  return { id: link.dataNodeId };
}
