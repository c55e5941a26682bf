import { KernelError } from '../../core/errors';
import type { Functional } from '../functionals/functional';
import type { GthParameters } from './gth';
import { gthFamily } from './gth-family.data';

const LOW_D_SEMICORE = new Set(['Ga', 'In', 'Tl', 'Pb', 'Bi']);

/** Every entry of one element in the family of a functional, the default first. */
export function familyEntries(element: string, family: Functional['family']): GthParameters[] {
  const entries = gthFamily
    .filter(([symbol, name]) => symbol === element && name.startsWith(`GTH-${family}-`))
    .map(([symbol, name, electronsByL, localRadius, localCoefficients, channels]): GthParameters => {
      const valence = electronsByL.reduce((sum, n) => sum + n, 0);
      return {
        element: symbol,
        name,
        valence,
        electronsByL: [...electronsByL],
        localRadius,
        localCoefficients: [...localCoefficients],
        channels: channels.map(([radius, ...upper]) => ({ radius: radius!, upper })),
      };
    });
  return entries.sort((a, b) => rank(a) - rank(b));
}

/**
 * The default entry: with semicore where it lies within two of the chemical shell (so for Li, Na, Mg, K, Ca and the
 * transition metals' s and p shells), the semicore d for Ga, In, Tl, Pb and Bi; else the smaller valence. Where two
 * variants exist, the d metals from the copper group on keep the smaller one: their semicore s and p lie deep.
 */
function rank({ element, valence }: GthParameters): number {
  const deepSemicore = ['Cu', 'Zn', 'Ag', 'Cd', 'Au', 'Hg', 'Pd', 'Pt', 'Ce'].includes(element);
  return LOW_D_SEMICORE.has(element) || !deepSemicore ? -valence : valence;
}

/** @throws KernelError PSEUDOPOTENTIAL_MISSING naming the element and what there is. */
export function familyEntry(element: string, functional: Functional, name?: string): GthParameters {
  const entries = familyEntries(element, functional.family);
  const entry = name === undefined ? entries[0] : entries.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const choices = entries.map((candidate) => candidate.name).join(', ');
  throw new KernelError(
    'PSEUDOPOTENTIAL_MISSING',
    name === undefined
      ? `There is no built-in pseudopotential for ${element} (the family covers H to Rn). Replace ${element} or give one of your own.`
      : `There is no built-in pseudopotential ${name} for ${element}; there are: ${choices || 'none'}.`,
    { element },
  );
}
