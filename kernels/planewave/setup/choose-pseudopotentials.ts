import { KernelError } from '../../core/errors';
import type { Functional } from '../functionals/functional';
import { createPseudopotential, type PseudopotentialParameters } from '../pseudo/create-pseudopotential';
import { familyEntry } from '../pseudo/family';
import { familyCutoffs } from '../pseudo/family-cutoffs.data';
import { parseAbinitGth } from '../pseudo/parse-abinit-gth';
import { readUpf } from '../pseudo/read-upf';
import type { ResolvedPlanewaveInput } from '../schema';

/** Given with the input, else the family's entry. */
export function choosePseudopotential(
  element: string,
  input: ResolvedPlanewaveInput,
  functional: Functional,
  notes: string[],
): PseudopotentialParameters {
  const given = input.pseudopotentials?.[element];
  if (!given) return familyEntry(element, functional, input.pseudopotentialEntries?.[element]);
  if (given.format === 'abinit-gth') return parseAbinitGth(element, given.text);
  const parameters = readUpf(element, given.text);
  if (!isMadeFor(parameters.functional, functional))
    notes.push(
      `The pseudopotential of ${element} says that it was made for "${parameters.functional}", and is used with ${functional.id}.`,
    );
  return parameters;
}

/** Whether the words of a UPF file (`PBE`, `SLA PW PBX PBC`) name this functional. */
function isMadeFor(words: string, { id }: Functional): boolean {
  const said = words
    .toUpperCase()
    .split(/[\s+-]+/)
    .filter((word) => word && !/^NO/.test(word))
    .join(' ');
  return FUNCTIONAL_WORDS[id].includes(said);
}

const FUNCTIONAL_WORDS: Record<Functional['id'], string[]> = {
  'lda-pz': ['PZ', 'SLA PZ', 'LDA'],
  'lda-pw92': ['PW', 'SLA PW', 'PW LDA', 'LDA'],
  pbe: ['PBE', 'SLA PW PBX PBC', 'SLA PW PBE PBE'],
  pbesol: ['PBESOL', 'SLA PW PSX PSC'],
};

/** @throws KernelError cutoff-missing for an element whose pseudopotential came with the input. */
export function defaultCutoff(species: PseudopotentialParameters[], notes: string[]): number {
  return Math.max(
    ...species.map(({ element, name }) => {
      const cutoff = familyCutoffs[element]?.[name]?.balanced;
      if (cutoff === undefined) {
        throw new KernelError(
          'cutoff-missing',
          `Give cutoffHartree: there is no recommended cutoff for the pseudopotential of ${element} that came with the input.`,
          { element },
        );
      }
      notes.push(`${element}: recommended cutoff ${cutoff} Ha (${name}, balanced).`);
      return cutoff;
    }),
  );
}

export function countProjectors(parameters: PseudopotentialParameters): number {
  return createPseudopotential(parameters).channels.reduce((sum, { l, count }) => sum + (2 * l + 1) * count, 0);
}

/** Orbitals of the pseudo-atom, each m counted. */
export function countOrbitals(parameters: PseudopotentialParameters): number {
  return createPseudopotential(parameters).shells.reduce((sum, { l }) => sum + 2 * l + 1, 0);
}
