import { KernelError } from '../../core/errors';
import type { Functional } from '../functionals/functional';
import { familyDefaults } from './family-cutoffs.data';
import { familyEntries } from './family-entries';
import type { GthParameters } from './gth';

/** @throws KernelError pseudopotential-missing naming the element and what there is. */
export function familyEntry(element: string, functional: Functional, name?: string): GthParameters {
  const entries = familyEntries(element, functional.family);
  const wanted = name ?? familyDefaults[functional.family][element];
  const entry = entries.find((candidate) => candidate.name === wanted);
  if (entry) return entry;
  const choices = entries.map((candidate) => candidate.name).join(', ');
  throw new KernelError(
    'pseudopotential-missing',
    name === undefined
      ? `There is no built-in pseudopotential for ${element} (the family covers H to Rn). Replace ${element} or give one of your own.`
      : `There is no built-in pseudopotential ${name} for ${element}; there are: ${choices || 'none'}.`,
    { element },
  );
}
