import { placesOf } from '../core/group';
import type { Structure } from './schema';
import { siteKinds } from './site-kinds';
import type { Symmetry } from './symmetry';

export interface Prototype {
  /** The same for all crystals of one prototype. */
  key: string;
  /** Pearson's symbol: Bravais type and the atoms in the conventional cell, "cF8". */
  pearson: string;
}

/**
 * What kind of crystal it is whatever its elements: the space group, and for each kind of site the positions that it fills, by multiplicity in the
 * conventional cell and site symmetry. Wyckoff letters themselves would depend on the origin: the A of a perovskite may stand at 1a or at 1b.
 */
export function prototypeOf(structure: Structure, symmetry: Symmetry): Prototype {
  const { spaceGroupNumber, bravais, orbits, siteSymmetries, conventional } = symmetry;
  const { kinds } = siteKinds(structure.sites.map(({ species, position }) => ({ species, position })));
  const repeats = conventional.sites.length / structure.sites.length;
  const sizes = placesOf(orbits);
  const positions = new Map<number, string[]>();
  for (const [first, members] of sizes) {
    const kind = kinds[first]!;
    const multiplicity = Math.round(members.length * repeats);
    positions.set(kind, [...(positions.get(kind) ?? []), `${multiplicity} ${siteSymmetries[first]}`]);
  }
  const filled = [...positions.values()].map(counted).sort();
  // Of rhombohedral crystals the symbol counts the atoms of a third of the hexagonal cell: corundum is hR10.
  const atoms = conventional.sites.length / (bravais === 'hR' ? 3 : 1);
  return { key: [spaceGroupNumber, ...filled].join(' | '), pearson: `${bravais}${atoms}` };
}

/** "4 m-3m", "3 x 8 1 + 4 m": equal positions stand once, with their number. */
const counted = (list: readonly string[]) =>
  [...placesOf(list.toSorted())]
    .map(([position, { length }]) => (length > 1 ? `${length} x ${position}` : position))
    .join(' + ');
