import { db } from '@/server/db/client';
import type { FamilySummary } from '@/server/schemas/pseudopotentials';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { builtInFamily } from './built-in-family';
import { toFamilySummary } from './family-row';

/** The built-in family, then those of the platform and of the project. */
export async function listFamilies(actor: Actor): Promise<FamilySummary[]> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().pseudopotentialFamily.findMany({
    where: { OR: [{ projectId: null }, scope] },
    include: { pseudopotentials: true },
    orderBy: { name: 'asc' },
    take: FAMILIES_MAX,
  });
  return [builtInFamily, ...rows.map(toFamilySummary)];
}

const FAMILIES_MAX = 200;
