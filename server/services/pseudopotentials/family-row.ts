import type { Pseudopotential, PseudopotentialFamily } from '@/generated/prisma/client';
import type { FamilyDetail, FamilySummary } from '@/server/schemas/pseudopotentials';

type Row = PseudopotentialFamily & { pseudopotentials: Pseudopotential[] };

export function toFamilySummary({ pseudopotentials, ...row }: Row): FamilySummary {
  const { id, name, description, functional, createdAt } = row;
  return {
    ...{ id, name, description, functional, createdAt },
    layout: row.layout as FamilySummary['layout'],
    elements: pseudopotentials.map(({ element }) => element).sort(),
    hasSpinOrbit: pseudopotentials.some((entry) => entry.hasSpinOrbit),
  };
}

export function toFamilyDetail(row: Row, notes: string[]): FamilyDetail {
  const entries = row.pseudopotentials.map(
    ({ cutoffFast, cutoffBalanced, cutoffStringent, familyId: _, ...entry }) => ({
      ...entry,
      relativity: entry.relativity as FamilyDetail['pseudopotentials'][number]['relativity'],
      cutoffHartree: { fast: cutoffFast, balanced: cutoffBalanced, stringent: cutoffStringent },
    }),
  );
  return {
    ...toFamilySummary(row),
    pseudopotentials: entries.sort((a, b) => (a.element < b.element ? -1 : 1)),
    notes,
  };
}
