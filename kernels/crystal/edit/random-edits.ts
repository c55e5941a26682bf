import { createRandom } from '../../core/random';
import type { Structure, Vector3 } from '../schema';
import { replaceAtoms } from './atoms';
import { changePlaces } from './motion';
import { badEdit, requireElement, siteName } from './requirements';

/** The same seed draws the same atoms. */
export interface Substitution {
  element: string;
  by: string;
  /** Of the atoms of `element`; rounded to the nearest number of them, at least one. */
  fraction: number;
  seed: number;
}

/**
 * The structure with a fraction of the atoms of one element replaced by another, drawn at random by the seed. Throws KernelError `bad-edit` where
 * there is none of them, and where the element only fills a site in part, for then there are no whole atoms to draw from.
 */
export function substituteAtoms(structure: Structure, { element, by, fraction, seed }: Substitution): Structure {
  requireElement(element);
  requireElement(by);
  if (element === by) throw badEdit(`${element} cannot be replaced by itself; choose two elements.`, { element });
  const holders = structure.sites.flatMap(({ species }, i) =>
    species.some((kind) => kind.element === element) ? [i] : [],
  );
  if (holders.length === 0) throw badEdit(`The structure has no atom of ${element} to replace.`, { element });
  const shared = holders.find((i) => structure.sites[i]!.species.some(({ concentration }) => concentration < 1 - 1e-6));
  if (shared !== undefined) {
    throw badEdit(
      `The site of ${siteName(structure.sites[shared]!, shared)} is partly occupied, and only whole atoms can be drawn; choose an ordered version of this structure.`,
      { site: shared },
    );
  }
  const count = Math.max(1, Math.round(fraction * holders.length));
  return replaceAtoms(structure, drawSome(holders, count, createRandom(seed)), by);
}

/**
 * The structure with every atom moved by normally distributed steps along x, y and z, each of this root mean square in angstrom; not wrapped, the
 * same for a seed. Box and Muller, Ann. Math. Stat. 29, 610 (1958).
 */
export function shakeAtoms(structure: Structure, rootMeanSquareAngstrom: number, seed: number): Structure {
  const random = createRandom(seed);
  const normal = () => {
    // The logarithm of 1 - u: u may be 0 and is never 1.
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  };
  const all = new Set(structure.sites.keys());
  return changePlaces(structure, all, (place) => place.map((x) => x + rootMeanSquareAngstrom * normal()) as Vector3);
}

/** Fisher and Yates, as far as needed. */
function drawSome(items: readonly number[], count: number, random: () => number): number[] {
  const pool = [...items];
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, count);
}
