import type { z } from 'zod';
import { Prisma } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import type { GraphEdge, Walk, walkSchema } from '@/server/schemas/provenance';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { loadItems, requireItem } from './items';
import { edgesAmong, reachedFrom } from './steps';

/** A process has a handful of inputs; beyond this many edges a node the drawing would say nothing anyway. */
const EDGES_PER_NODE = 8;

/** A node with all its ancestors or descendants, nearest first, up to a limit. */
export async function walk(actor: Actor, { id, direction, limit }: z.infer<typeof walkSchema>): Promise<Walk> {
  const scope = await projectScope(actor, 'read');
  await requireItem(scope, id);
  const start = Prisma.sql`SELECT ${id}::uuid`;
  const reached = await db().$queryRaw<{ id: string }[]>(reachedFrom(start, direction, limit + 1));
  const ids = reached.slice(0, limit).map((row) => row.id);
  const [items, edges] = await Promise.all([
    loadItems(scope, ids),
    db().$queryRaw<GraphEdge[]>(edgesAmong(ids, limit * EDGES_PER_NODE)),
  ]);
  const known = new Set(items.map((item) => item.id));
  return {
    items,
    edges: edges.filter((edge) => known.has(edge.from) && known.has(edge.to)),
    isCut: reached.length > limit,
  };
}
