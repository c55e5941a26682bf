import { elements } from '@/kernels/crystal/elements';
import { familyDefaults } from '@/kernels/planewave/pseudo/family-cutoffs.data';
import { db } from '@/server/db/client';
import type { FamilySummary } from '@/server/schemas/pseudopotentials';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
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
  return [builtIn, ...rows.map(toFamilySummary)];
}

const FAMILIES_MAX = 200;

const builtIn: FamilySummary = {
  id: null,
  name: 'Goedecker-Teter-Hutter',
  description:
    'The published parameters, built in: the same for both engines, so that any result of one can be checked with the other.',
  layout: 'built-in',
  functional: 'pbe, pbesol, lda-pz, lda-pw92',
  elements: elements
    .map(({ symbol }) => symbol)
    .filter((symbol) => familyDefaults.PBE[symbol] ?? familyDefaults.PADE[symbol]),
  hasSpinOrbit: false,
  createdAt: null,
};
