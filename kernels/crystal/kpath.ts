import { cellParameters, reciprocalCell } from './cell';
import { primitiveFromConventional } from './derived-cells';
import { type PathLattice, pathTables } from './kpath.data';
import { dot, identity, inverse, multiply, rowTimesMatrix, transpose } from './linear';
import { latticeMonoclinicAxes } from './monoclinic-axes';
import { niggliTransformation } from './niggli';
import type { Matrix3, Structure, Vector3 } from './schema';
import { analyzeSymmetry, type Symmetry } from './symmetry';

export type ExtendedBravais = keyof typeof pathTables;

export interface BandPath {
  /** Extended Bravais symbol of Hinuma et al., "cF2". */
  bravaisSymbol: ExtendedBravais;
  /** Special points in reciprocal coordinates of the structure's own cell; labels as they are printed: "Γ", "Σ0", "X". */
  points: { label: string; fractional: Vector3 }[];
  /** Pairs of labels; where one segment ends elsewhere than the next begins, the path has a break. */
  segments: [from: string, to: string][];
  /** The cell is larger than a primitive one, so that bands along this path are folded upon each other. */
  folded: boolean;
  /** What to tell a person about it. */
  note: string | null;
}

/**
 * The recommended band path of a crystal (Hinuma, Pizzi, Kumagai, Oba and Tanaka, Comput. Mater. Sci. 128, 140 (2017)), its points converted to
 * the structure's own cell, which may be turned, skewed or a supercell. Energies at k and -k are taken to be equal (inversion or time reversal).
 */
export function bandPath(structure: Structure, symmetry: Symmetry = analyzeSymmetry(structure)): BandPath {
  const axes = pathAxes(symmetry);
  const lattice = latticeOf(multiply(axes, symmetry.conventional.cellAngstrom!));
  const bravaisSymbol = extendedBravais(symmetry, lattice, multiply(axes, symmetry.conventional.cellAngstrom!));
  const { points, pieces } = pathTables[bravaisSymbol];
  // Rows: the paper's primitive vectors in units of the own ones; k transforms by the inverse transpose.
  const primitive = primitiveFromConventional(symmetry.centring, symmetry.spaceGroupNumber);
  const rows = multiply(multiply(primitive, axes), transpose(symmetry.conventionalFromOwn));
  const toOwn = transpose(inverse(rows));
  return {
    bravaisSymbol,
    points: Object.entries<Vector3>(points(lattice)).map(([label, k]) => ({
      label,
      fractional: rowTimesMatrix(k, toOwn).map(snap) as Vector3,
    })),
    segments: pieces.flatMap((piece) => {
      const labels = piece.split(' ');
      return labels.slice(1).map((to, i): [string, string] => [labels[i]!, to]);
    }),
    folded: !symmetry.isPrimitive,
    note: symmetry.isPrimitive
      ? null
      : `This cell holds ${structure.sites.length} atoms, and the primitive one ${symmetry.primitive.sites.length}: bands along this path are ` +
        'folded and hard to read. Take the primitive cell for a band structure.',
  };
}

/** Rows: the axes that the paper's tables are made for, in units of the standard conventional ones. */
function pathAxes({ spaceGroupNumber, conventional, bravais, crystalSystem }: Symmetry): Matrix3 {
  const cell = conventional.cellAngstrom!;
  if (bravais === 'aP') return triclinicAxes(cell);
  if (bravais === 'oF') return faceCentredAxes(cell, spaceGroupNumber);
  return crystalSystem === 'monoclinic' ? latticeMonoclinicAxes(cell, spaceGroupNumber) : identity;
}

/** The reciprocal cell is Niggli-reduced, and its third pair of vectors is the one nearest to a right angle. */
function triclinicAxes(cell: Matrix3): Matrix3 {
  const reduction = niggliTransformation(reciprocalCell(cell));
  const [b1, b2, b3] = multiply(reduction, reciprocalCell(cell));
  const products = [dot(b2, b3), dot(b3, b1), dot(b1, b2)].map(Math.abs);
  const first = (products.indexOf(Math.min(...products)) + 1) % 3;
  const turned = [0, 1, 2].map((i) => reduction[(first + i) % 3]!) as Matrix3;
  return transpose(inverse(turned)).map((row) => row.map(Math.round)) as Matrix3;
}

/** The tables leave out the case of a shortest b: a <= b, and <= c too where the group treats the axes alike. */
function faceCentredAxes(cell: Matrix3, spaceGroupNumber: number): Matrix3 {
  const hasPolarAxis = spaceGroupNumber === 42 || spaceGroupNumber === 43;
  const lengths = cellParameters(cell).lengthsAngstrom;
  const order = (hasPolarAxis ? [0, 1] : [0, 1, 2]).sort((i, j) => lengths[i]! - lengths[j]!);
  return [...order, 2].slice(0, 3).map((axis) => identity[axis]!) as Matrix3;
}

function latticeOf(cell: Matrix3): PathLattice {
  const { lengthsAngstrom, anglesDegrees } = cellParameters(cell);
  const beta = (anglesDegrees[1] * Math.PI) / 180;
  const [a, b, c] = lengthsAngstrom;
  return { a, b, c, cosBeta: Math.cos(beta), sinBeta: Math.sin(beta) };
}

/** Trigonal groups in which K-H and K-H2 differ. */
const groupsOfHp1 = new Set([143, 144, 145, 147, 149, 151, 153, 157, 159, 160, 161, 162, 163]);

function extendedBravais(
  symmetry: Symmetry,
  { a, b, c, cosBeta, sinBeta }: PathLattice,
  cell: Matrix3,
): ExtendedBravais {
  const { spaceGroupNumber, bravais } = symmetry;
  const ofBravais: Record<string, () => ExtendedBravais> = {
    cP: () => (spaceGroupNumber <= 206 ? 'cP1' : 'cP2'),
    cF: () => (spaceGroupNumber <= 206 ? 'cF1' : 'cF2'),
    cI: () => 'cI1',
    tP: () => 'tP1',
    tI: () => (c <= a ? 'tI1' : 'tI2'),
    oP: () => 'oP1',
    oF: () => (a ** -2 > b ** -2 + c ** -2 ? 'oF1' : c ** -2 > a ** -2 + b ** -2 ? 'oF2' : 'oF3'),
    oI: () => (c >= a && c >= b ? 'oI1' : a >= b ? 'oI2' : 'oI3'),
    oS: () => (symmetry.centring === 'A' ? (b <= c ? 'oA1' : 'oA2') : a <= b ? 'oC1' : 'oC2'),
    hP: () => (groupsOfHp1.has(spaceGroupNumber) ? 'hP1' : 'hP2'),
    hR: () => (Math.sqrt(3) * a <= Math.sqrt(2) * c ? 'hR1' : 'hR2'),
    mP: () => 'mP1',
    mC: () => {
      if (b <= a * sinBeta) return 'mC1';
      return (-a * cosBeta) / c + (a * sinBeta) ** 2 / b ** 2 <= 1 ? 'mC2' : 'mC3';
    },
    aP: () => {
      const [b1, b2, b3] = reciprocalCell(cell);
      return dot(b2, b3) <= 0 && dot(b3, b1) <= 0 && dot(b1, b2) <= 0 ? 'aP2' : 'aP3';
    },
  };
  return ofBravais[bravais]!();
}

/** A half is a half: what conversion left of rounding is removed, so that special points are exactly special. */
function snap(x: number): number {
  const near = Math.round(x * 24) / 24;
  return Math.abs(x - near) < 1e-10 ? near + 0 : x;
}
