import type { MoyoDataset } from '@spglib/moyo-wasm';
import { KernelError } from '../core/errors';
import { cellFromParameters, cellParameters } from './cell';
import { determinant, identity, inverse, multiply, rowTimesMatrix, transpose } from './linear';
import { standardMonoclinicAxes } from './monoclinic-axes';
import { fromColumns } from './moyo';
import { latticeDistance, wrapFractional } from './operations';
import type { Matrix3, Site, Structure } from './schema';

/** A standard conventional cell, and its vectors as columns in units of the structure's own. */
export interface Conventional {
  structure: Structure;
  fromOwn: Matrix3;
}

/**
 * The library's standard conventional cell with our sites; `prototypes` holds a site of each kind. Monoclinic cells come from it
 * long and flat at times and are brought to their shortest axes.
 */
export function conventionalCell(dataset: MoyoDataset, prototypes: Site[]): Conventional {
  const { std_cell, number } = dataset;
  const b = std_cell.lattice.basis;
  const cell: Matrix3 = [
    [b[0], b[1], b[2]],
    [b[3], b[4], b[5]],
    [b[6], b[7], b[8]],
  ];
  const fromOwn = fromColumns(dataset.std_linear);
  const isMonoclinic = number >= 3 && number <= 15;
  const axes = isMonoclinic ? standardMonoclinicAxes(cell, number) : identity;
  const toAxes = inverse(axes);
  const structure: Structure = {
    cellAngstrom: isMonoclinic ? cellFromParameters(cellParameters(multiply(axes, cell))) : cell,
    periodic: [true, true, true],
    sites: std_cell.positions.map((position, i) => ({
      ...withoutLabel(prototypes[std_cell.numbers[i]!]!),
      position: wrapFractional(rowTimesMatrix(position, toAxes)),
    })),
  };
  return { structure, fromOwn: multiply(fromOwn, transpose(axes)) };
}

/**
 * The part of `structure` in the smaller cell whose rows are `rows` times the structure's, unrotated, each site wrapped into it and
 * kept once. Throws KernelError `symmetry-failed` where the sites do not repeat so.
 */
export function reduceToCell(structure: Structure, rows: Matrix3, toleranceAngstrom: number): Structure {
  const cellAngstrom = multiply(rows, structure.cellAngstrom!);
  const fromOwn = inverse(rows);
  const sites: Site[] = [];
  for (const site of structure.sites) {
    const position = wrapFractional(rowTimesMatrix(site.position, fromOwn));
    const isKnown = sites.some(
      (other) =>
        other.species[0]!.element === site.species[0]!.element &&
        latticeDistance(other.position, position, cellAngstrom) < toleranceAngstrom,
    );
    if (!isKnown) sites.push({ ...withoutLabel(site), position });
  }
  const expected = structure.sites.length * Math.abs(determinant(rows));
  if (Math.abs(sites.length - expected) > 0.01) {
    throw new KernelError(
      'symmetry-failed',
      `The atoms repeat within the cell only roughly: ${sites.length} distinct ones where ${Math.round(expected)} were expected. ` +
        'Try another tolerance.',
      { sites: sites.length, expected, toleranceAngstrom },
    );
  }
  return { cellAngstrom, periodic: [true, true, true], sites };
}

/** Rows: primitive vectors in units of the standard conventional ones (Hinuma et al., Comput. Mater. Sci. 128, 140 (2017); there as columns). */
export function primitiveFromConventional(centring: string, spaceGroupNumber: number): Matrix3 {
  if (centring === 'C') return spaceGroupNumber <= 15 ? monoclinicC : orthorhombicC;
  return byCentring[centring]!;
}

const half = 1 / 2;
const third = 1 / 3;
const monoclinicC: Matrix3 = [
  [half, half, 0],
  [-half, half, 0],
  [0, 0, 1],
];
const orthorhombicC: Matrix3 = [
  [half, -half, 0],
  [half, half, 0],
  [0, 0, 1],
];
const byCentring: Record<string, Matrix3> = {
  P: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  F: [
    [0, half, half],
    [half, 0, half],
    [half, half, 0],
  ],
  I: [
    [-half, half, half],
    [half, -half, half],
    [half, half, -half],
  ],
  R: [
    [2 * third, third, third],
    [-third, third, third],
    [-third, -2 * third, third],
  ],
  A: [
    [0, half, -half],
    [0, half, half],
    [1, 0, 0],
  ],
};

/** The sites of a derived cell are others than those that the labels named. */
function withoutLabel({ label: _, ...site }: Site): Site {
  return site;
}
