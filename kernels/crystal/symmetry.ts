import { KernelError } from '../core/errors';
import { conventionalCell, primitiveFromConventional, reduceToCell } from './derived-cells';
import { transpose } from './linear';
import { analyzeCell, fromColumns, hallEntry, spaceGroupType } from './moyo';
import { isIdentity, type SymmetryOperation, wrapFractional } from './operations';
import type { Matrix3, Structure } from './schema';
import { siteKinds } from './site-kinds';

export { isSymmetryLoaded, loadSymmetry } from './moyo';
export type { SymmetryOperation } from './operations';

export interface Symmetry {
  spaceGroupNumber: number;
  /** Short international symbol in plain text: "P6_3/mmc", "Fd-3m". */
  symbol: string;
  hallNumber: number;
  hallSymbol: string;
  pointGroup: string;
  crystalSystem: string;
  /** Bravais type of the crystal, one of the fourteen: "cF", "hR", "oS". */
  bravais: string;
  /** Centring of the standard conventional cell: P, A, C, F, I or R. */
  centring: string;
  /** Of the structure's own cell, the identity first; pure translations are among them where the cell is not primitive. */
  operations: SymmetryOperation[];
  hasInversion: boolean;
  /** True when no lattice translation is shorter than the cell's own. */
  isPrimitive: boolean;
  wyckoffLetters: string[];
  siteSymmetries: string[];
  /** For every site the first site that symmetry carries it to. */
  orbits: number[];
  /** One primitive cell in the structure's own orientation; the structure itself where it is primitive. */
  primitive: Structure;
  /** Standard conventional cell (International Tables), idealised and turned: a along x, b in the xy plane. */
  conventional: Structure;
  /** Primitive cell of the standard conventional one, by the centring of Hinuma et al.; what band paths are given in. */
  standardPrimitive: Structure;
  /** Columns give the standard conventional vectors in the structure's own: (a b c)_std = R (a b c) M, with R a rotation. */
  conventionalFromOwn: Matrix3;
  toleranceAngstrom: number;
}

/** How far an atom may lie from its ideal place in what people read: files are rounded, and relaxed structures are noisy, to about this. */
export const SHOWN_TOLERANCE_ANGSTROM = 1e-2;
/** The same where energies are computed: a density symmetrised with operations that hold only roughly would be another crystal's. */
export const COMPUTED_TOLERANCE_ANGSTROM = 1e-4;

export interface SymmetryOptions {
  /** How far an atom may lie from its ideal place; `SHOWN_TOLERANCE_ANGSTROM` by default. */
  toleranceAngstrom?: number;
  /**
   * Beyond this, 400 by default, the analysis is refused. A supercell that repeats within itself takes 12 s with 512 sites and 44 s with 800;
   * one that does not, 0.4 s and 3.5 s with 1727 (`hasInnerTranslation` tells them apart).
   */
  maximumSites?: number;
}

/**
 * Space group, operations, Wyckoff positions and derived cells of a crystal (Shinohara, Togo and Tanaka's moyo library).
 * Sites are of one kind only when they agree in species with concentrations, magnetic moment, charge and mass; labels do not matter.
 * Throws KernelError `no-cell`, `too-many-atoms`, `symmetry-failed`, `symmetry-not-loaded`.
 */
export function analyzeSymmetry(structure: Structure, options: SymmetryOptions = {}): Symmetry {
  const { toleranceAngstrom = SHOWN_TOLERANCE_ANGSTROM } = options;
  const { dataset, prototypes } = analyze(structure, options);
  const type = spaceGroupType(dataset.number);
  const operations = dataset.operations.map(({ rotation, translation }) => ({
    rotation: fromColumns(rotation),
    translation: wrapFractional(translation),
  }));
  const conventional = conventionalCell(dataset, prototypes);
  const isPrimitive = operations.filter(({ rotation }) => isIdentity(rotation)).length === 1;
  const hall = hallEntry(dataset.hall_number);
  const primitiveRows = transpose(fromColumns(dataset.prim_std_linear));
  return {
    spaceGroupNumber: dataset.number,
    symbol: dataset.hm_symbol.replaceAll(' ', ''),
    hallNumber: dataset.hall_number,
    hallSymbol: hall.hall_symbol,
    pointGroup: type.geometric_crystal_class,
    crystalSystem: type.crystal_system.toLowerCase(),
    bravais: type.bravais_class,
    centring: hall.centering,
    operations: operations.sort((a, b) => identityRank(a) - identityRank(b)),
    hasInversion: operations.some(({ rotation }) => isIdentity(rotation.map((row) => row.map((x) => -x)) as Matrix3)),
    isPrimitive,
    wyckoffLetters: dataset.wyckoffs,
    siteSymmetries: dataset.site_symmetry_symbols,
    orbits: dataset.orbits,
    primitive: isPrimitive ? structure : reduceToCell(structure, primitiveRows, 10 * toleranceAngstrom),
    conventional: conventional.structure,
    standardPrimitive: reduceToCell(
      conventional.structure,
      primitiveFromConventional(hall.centering, dataset.number),
      1e-3,
    ),
    conventionalFromOwn: conventional.fromOwn,
    toleranceAngstrom: dataset.symprec,
  };
}

/** The number of the space group in the International Tables, without all else. Throws as `analyzeSymmetry` does. */
export const spaceGroupNumber = (structure: Structure, options: SymmetryOptions = {}): number =>
  analyze(structure, options).dataset.number;

function analyze(structure: Structure, options: SymmetryOptions) {
  const { toleranceAngstrom = SHOWN_TOLERANCE_ANGSTROM, maximumSites = 400 } = options;
  const { cellAngstrom, sites } = structure;
  if (!cellAngstrom) {
    throw new KernelError('no-cell', 'A structure without a cell has no space group.');
  }
  if (sites.length > maximumSites) {
    throw new KernelError(
      'too-many-atoms',
      `Symmetry is looked for in structures of up to ${maximumSites} atoms; this one has ${sites.length}.`,
      { sites: sites.length, maximumSites },
    );
  }
  const { kinds, prototypes } = siteKinds(sites);
  const positions = sites.map(({ position }) => wrapFractional(position));
  return { dataset: analyzeCell(cellAngstrom, positions, kinds, toleranceAngstrom), prototypes };
}

/** Pure identity, then lattice translations, then the rest as the library orders them. */
function identityRank({ rotation, translation }: SymmetryOperation): number {
  if (!isIdentity(rotation)) return 2;
  return translation.every((t) => t === 0) ? 0 : 1;
}
