import type { PrototypeId } from './prototypes';

/** Where the first lattice constants come from; the results do not depend on them. */
export const startSources = {
  wyckoff: 'rounded, after R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1, Interscience, New York (1963)',
  huber: 'bond length rounded, after K. P. Huber and G. Herzberg, Constants of Diatomic Molecules, Van Nostrand (1979)',
  guess: 'a guess from the atoms’ radii and from related compounds',
} as const;

/** What a prototype is filled with. */
export interface CellParameters {
  /** In the order of the prototype's kinds of sites. */
  elements: string[];
  /** Starting lattice constant, of the conventional cell where the prototype has one; the bond length of a molecule. Angstrom. */
  a: number;
  b?: number;
  c?: number;
  /** Free coordinate of the prototype, its own unit: see prototypes.ts. */
  u?: number;
}

/** A compound that is to be computed. */
export interface Compound extends CellParameters {
  /** The entry's name in the dataset; never given to another. */
  id: string;
  prototype: PrototypeId;
  start: keyof typeof startSources;
  /** How the electrons are occupied and how densely k is sampled. `semimetal`: as a metal, and its bands are looked at too. */
  kind: 'metal' | 'semimetal' | 'insulator';
  /** Whether the D3 correction takes part: crystals of layers or chains, and the layers by themselves. */
  hasDispersion?: boolean;
  /** Of a single layer: the crystal that it is taken from. */
  bulkId?: string;
}
