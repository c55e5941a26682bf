import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { Neighbours, neighboursSchema } from '@/server/schemas/provenance';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { loadItems, requireItem } from './items';
import { type EdgeRow, pageOfEdges, toEdge } from './steps';

/** One step of the graph: the next nodes in one direction, page by page. */
export async function getNeighbours(
  actor: Actor,
  { id, direction, cursor = null, limit }: z.infer<typeof neighboursSchema>,
): Promise<Neighbours> {
  const scope = await projectScope(actor, 'read');
  const item = await requireItem(scope, id);
  const rows = await db().$queryRaw<EdgeRow[]>(pageOfEdges(item, direction, { cursor, limit: limit + 1 }));
  const shown = rows.slice(0, limit);
  const items = await loadItems(scope, [...new Set(shown.map((row) => row.there))]);
  const known = new Set(items.map((other) => other.id));
  return {
    items,
    edges: shown.filter((row) => known.has(row.there)).map((row) => toEdge(row, direction)),
    nextCursor: rows.length > limit ? shown.at(-1)!.linkId : null,
  };
}
