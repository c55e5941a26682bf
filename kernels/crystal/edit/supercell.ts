import { latticeBasis } from '../bonded-parts';
import { cross, determinant, identity, multiply, rowTimesMatrix, transpose } from '../linear';
import { niggliTransformation } from '../niggli';
import type { Matrix3, Site, Structure, Vector3 } from '../schema';
import { wrapPeriodic } from '../wrap-periodic';
import { axisNames, badEdit, requireCell, requireCrystal, requireSize } from './requirements';

/** Up to here the determinant and the adjugate are exact in doubles. */
const LARGEST_ENTRY = 1000;

/**
 * The structure in the cell M A, A its own cell (rows in angstrom) and M a matrix of whole numbers: |det M| copies of every site, those of
 * site 0 first, wrapped into the cell. A negative determinant gives a cell of the other hand, as asked. Throws KernelError `bad-edit` without
 * a cell, for a singular matrix, for a repetition along a direction that is not periodic and for more than 20,000 atoms.
 */
export function makeSupercell(structure: Structure, matrix: Matrix3): Structure {
  requireCell(structure, 'a supercell');
  const largest = Math.max(...matrix.flat().map(Math.abs));
  if (largest > LARGEST_ENTRY) {
    throw badEdit(`The matrix of the supercell holds the number ${largest}; at most ${LARGEST_ENTRY} is possible.`, {
      largest,
    });
  }
  const copies = Math.abs(determinant(matrix));
  if (copies === 0) {
    throw badEdit('The three new vectors of the supercell lie in a plane: the determinant of the matrix is 0.', {
      matrix: matrix.flat(),
    });
  }
  requireUnmixed(matrix, structure.periodic);
  requireSize(copies * structure.sites.length);
  return inLattice(structure, matrix);
}

/**
 * The crystal in its Niggli-reduced cell: the three shortest vectors, all angles acute or none. Sites are wrapped, the orientation stays.
 * Throws KernelError `bad-edit` where it is not periodic in three directions.
 */
export function reduceToNiggli(structure: Structure): Structure {
  const cell = requireCrystal(structure, 'the Niggli cell');
  return inLattice(structure, niggliTransformation(cell));
}

function inLattice({ cellAngstrom, periodic, sites }: Structure, matrix: Matrix3): Structure {
  const points = latticePoints(matrix);
  const [a, b, c] = matrix;
  const adjugate = transpose([cross(b, c), cross(c, a), cross(a, b)]);
  const det = determinant(matrix);
  return {
    cellAngstrom: multiply(matrix, cellAngstrom!),
    periodic: [...periodic],
    sites: sites.flatMap((site) =>
      points.map((point): Site => {
        const { position } = site;
        const seen: Vector3 = [position[0] + point[0], position[1] + point[1], position[2] + point[2]];
        // One division at the end: the third of a cell is the double nearest to 1/3.
        const fractional = rowTimesMatrix(seen, adjugate).map((x) => x / det + 0) as Vector3;
        return { ...site, position: wrapPeriodic(fractional, periodic) };
      }),
    ),
  };
}

/** One lattice point of each class modulo the rows: an echelon basis of the same lattice has them as the points of a box. */
function latticePoints(matrix: Matrix3): Vector3[] {
  const sides = latticeBasis(matrix).map((row, column) => Math.abs(row[column]!)) as Vector3;
  const points: Vector3[] = [];
  for (let i = 0; i < sides[0]; i++)
    for (let j = 0; j < sides[1]; j++) for (let k = 0; k < sides[2]; k++) points.push([i, j, k]);
  return points;
}

/** A vector along which nothing repeats is no lattice vector: it stays, and no other takes it in. */
function requireUnmixed(matrix: Matrix3, periodic: Structure['periodic']): void {
  const mixed = [0, 1, 2].filter(
    (axis) =>
      !periodic[axis] &&
      [0, 1, 2].some((i) => matrix[axis]![i] !== identity[axis]![i] || matrix[i]![axis] !== identity[i]![axis]),
  );
  if (mixed.length === 0) return;
  throw badEdit(
    `The structure is not periodic along ${axisNames(mixed)}, so that the supercell cannot repeat or tilt it there.`,
    { axes: mixed },
  );
}
