import { KernelError } from '../../core/errors';
import type { Functional } from '../functionals/functional';
import { familyEntry } from '../pseudo/family';
import { familyCutoffs } from '../pseudo/family-cutoffs.data';
import { createGthPseudopotential, type GthParameters } from '../pseudo/gth';
import { parseAbinitGth } from '../pseudo/parse-abinit-gth';
import type { ResolvedPlanewaveInput } from '../schema';

/** Given with the input, else the family's entry. */
export function choosePseudopotential(
  element: string,
  input: ResolvedPlanewaveInput,
  functional: Functional,
): GthParameters {
  const given = input.pseudopotentials?.[element];
  return given
    ? parseAbinitGth(element, given.text)
    : familyEntry(element, functional, input.pseudopotentialEntries?.[element]);
}

/** @throws KernelError cutoff-missing for an element whose pseudopotential came with the input. */
export function defaultCutoff(species: GthParameters[], notes: string[]): number {
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

export function countProjectors(parameters: GthParameters): number {
  return createGthPseudopotential(parameters).channels.reduce((sum, { l, count }) => sum + (2 * l + 1) * count, 0);
}
