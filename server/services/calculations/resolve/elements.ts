import { KernelError } from '@/kernels/core/errors';
import type { Structure } from '@/kernels/crystal/schema';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { familyCutoffs } from '@/kernels/planewave/pseudo/family-cutoffs.data';
import type { Notice, ResolvedElement } from '@/server/schemas/resolved';
import type { Functional } from '@/server/schemas/settings';

/** The pseudopotential of each element, or a blocker where the family has none. */
export function resolveElements(
  structure: Structure,
  functional: Functional,
  chosen: Record<string, string>,
): { elements: ResolvedElement[]; electrons: number | null; blockers: Notice[] } {
  const elements: ResolvedElement[] = [];
  const blockers: Notice[] = [];
  for (const element of elementsOf(structure)) {
    try {
      const { name, valence } = familyEntry(element, functionalsById[functional], chosen[element]);
      const cutoffHartree = familyCutoffs[element]?.[name];
      if (!cutoffHartree) throw new KernelError('cutoff-missing', `No cutoff is known for ${name} of ${element}.`);
      elements.push({ element, entry: name, valenceElectrons: valence, cutoffHartree });
    } catch (err) {
      if (!(err instanceof KernelError)) throw err;
      blockers.push({ code: err.code, message: err.message, step: 'structure', property: null });
    }
  }
  const valence = new Map(elements.map((entry) => [entry.element, entry.valenceElectrons]));
  const counts = structure.sites.map((site) =>
    site.species.reduce(
      (sum, { element, concentration }) => sum + concentration * (valence.get(element) ?? Number.NaN),
      0,
    ),
  );
  const electrons = counts.reduce((sum, count) => sum + count, 0);
  return { elements, electrons: Number.isNaN(electrons) ? null : electrons, blockers };
}

const elementsOf = ({ sites }: Structure) =>
  [...new Set(sites.flatMap((site) => site.species.map(({ element }) => element)))].sort();
