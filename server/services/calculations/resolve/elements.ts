import { KernelError } from '@/kernels/core/errors';
import type { Structure } from '@/kernels/crystal/schema';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { familyCutoffs } from '@/kernels/planewave/pseudo/family-cutoffs.data';
import type { DraftData } from '@/server/schemas/draft';
import type { Notice, ResolvedElement } from '@/server/schemas/resolved';
import type { InstalledFamily } from '../../pseudopotentials/find-family';

/** The pseudopotential of each element, or a blocker where the family has none. */
export function resolveElements(
  structure: Structure,
  { functional, overrides, charge, pseudopotentialFamilyId }: DraftData,
  installed: InstalledFamily | null,
): { elements: ResolvedElement[]; electrons: number | null; blockers: Notice[] } {
  const elements: ResolvedElement[] = [];
  const blockers: Notice[] = [];
  const chosen = overrides.pseudopotentialEntries ?? {};
  if (pseudopotentialFamilyId && !installed)
    blockers.push({
      code: 'family-gone',
      message: 'The pseudopotential family that was chosen is no longer there. Choose another.',
      step: 'properties',
      property: null,
    });
  for (const element of elementsOf(structure)) {
    if (installed) {
      const found = installed.elements[element];
      if (found) elements.push(found);
      else
        blockers.push({
          code: 'pseudopotential-missing',
          message: `The family ${installed.name} has no pseudopotential for ${element}. Choose another family.`,
          step: 'properties',
          property: null,
        });
      continue;
    }
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
  const electrons = counts.reduce((sum, count) => sum + count, 0) - charge;
  return { elements, electrons: Number.isNaN(electrons) ? null : electrons, blockers };
}

const elementsOf = ({ sites }: Structure) =>
  [...new Set(sites.flatMap((site) => site.species.map(({ element }) => element)))].sort();
