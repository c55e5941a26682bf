import { db } from '@/server/db/client';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireStructure } from '../structures/structure-row';
import { structureNodeId } from './structure-node';

/** The node of the graph that stands for a structure; null where no calculation made or took it yet. */
export async function findStructureNode(actor: Actor, { structureId }: { structureId: string }) {
  const scope = await projectScope(actor, 'read');
  await requireStructure(scope, structureId);
  return { id: await structureNodeId(db(), scope, structureId) };
}
