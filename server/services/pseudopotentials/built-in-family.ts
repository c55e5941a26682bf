import { elements } from '@/kernels/crystal/elements';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { familyCutoffs, familyDefaults } from '@/kernels/planewave/pseudo/family-cutoffs.data';
import type { FamilyDetail, FamilySummary } from '@/server/schemas/pseudopotentials';

/** The family that both engines share and that needs no files. */
export const builtInFamily: FamilySummary = {
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

/** With the default entry of each element: for PBE, and for LDA where there is none for PBE. */
export function describeBuiltIn(): FamilyDetail {
  const pseudopotentials = builtInFamily.elements.map((element) => {
    const functional = functionalsById[familyDefaults.PBE[element] ? 'pbe' : 'lda-pw92'];
    const { name, valence } = familyEntry(element, functional);
    return {
      ...{ element, fileName: name, md5: null, sha256: null, type: 'NC', valenceElectrons: valence },
      // The scalar part of parameters that were fitted to relativistic atoms (Hartwigsen et al., Phys. Rev. B 58, 3641 (1998)).
      relativity: 'scalar' as const,
      hasCoreCorrection: false,
      hasSpinOrbit: false,
      cutoffHartree: familyCutoffs[element]![name]!,
      densityCutoffHartree: null,
    };
  });
  return { ...builtInFamily, pseudopotentials, notes: [] };
}
