import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { Page } from '@/server/schemas/common';
import type { listStructuresSchema, StructureSummary } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { reduceFormula } from '../calculations/reduce-formula';
import { toPage } from '../page';
import { projectScope } from '../scope';
import { toStructureSummary } from './structure-row';

/** The project's structures, the newest first; `elements` asks for all of them to be there. */
export async function listStructures(
  actor: Actor,
  input: z.infer<typeof listStructuresSchema>,
): Promise<Page<StructureSummary>> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().structure.findMany({
    where: {
      ...scope,
      ...(input.cursor ? { id: { lt: input.cursor } } : {}),
      ...(input.formula?.trim() ? { formula: reduceFormula(input.formula) } : {}),
      ...(input.elements?.length ? { elements: { hasEvery: input.elements } } : {}),
    },
    omit: { data: true },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, toStructureSummary);
}
