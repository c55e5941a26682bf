import { createHash } from 'node:crypto';
import type { Database } from '@/server/db/client';
import { closeOver, type Part, union } from './closure';
import { ownSettings, unusedAncestors } from './unused-ancestors';

export interface Selected extends Part {
  /** Those that leave the list of structures with their last value; a draft keeps its own. */
  structureIds: string[];
  /** Another for another selection. */
  fingerprint: string;
}

/** All that goes with some nodes, whole. */
export async function select(db: Database, start: Part, withAncestors: boolean): Promise<Selected> {
  const closed = await closeOver(db, start);
  const above = withAncestors ? await unusedAncestors(db, closed) : null;
  const both = above ? union(closed, above) : closed;
  const { data, processes } = union(both, await ownSettings(db, both));
  const structures = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT d."structureId" AS "id" FROM "DataNode" d
    WHERE d."id" = ANY(${[...data]}::uuid[]) AND d."structureId" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "DataNode" o WHERE o."structureId" = d."structureId" AND o."id" <> ALL(${[...data]}::uuid[]))
      AND NOT EXISTS (SELECT 1 FROM "Calculation" c
        WHERE c."structureId" = d."structureId" AND c."id" <> ALL(${[...processes]}::uuid[]))
      AND NOT EXISTS (SELECT 1 FROM "Draft" f WHERE f."structureId" = d."structureId")`;
  const structureIds = structures.map((row) => row.id);
  const ids = [...data, ...processes, ...structureIds].sort().join();
  return { data, processes, structureIds, fingerprint: createHash('sha256').update(ids).digest('hex') };
}
