import type { Database } from '@/server/db/client';
import type { ProjectScope } from './items';

/**
 * The value that stands for a structure in the graph: the newest that a process made, so that what is computed with a relaxed
 * structure leads back to the relaxation; else the first that a calculation took.
 */
export async function structureNodeId(db: Database, scope: ProjectScope, structureId: string): Promise<string | null> {
  const where = { ...scope, structureId, kind: 'structure' };
  const made = await db.dataNode.findFirst({
    where: { ...where, links: { some: { kind: 'create' } } },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  });
  if (made) return made.id;
  const taken = await db.dataNode.findFirst({ where, orderBy: { createdAt: 'asc' }, select: { id: true } });
  return taken?.id ?? null;
}

/** The same, made where there is none: calculations of one structure share its node. */
export async function ensureStructureNode(db: Database, scope: ProjectScope, structureId: string): Promise<string> {
  const found = await structureNodeId(db, scope, structureId);
  if (found) return found;
  const data = { ...scope, kind: 'structure', schemaVersion: 1, structureId };
  return (await db.dataNode.create({ data, select: { id: true } })).id;
}
