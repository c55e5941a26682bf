import { KernelError } from '../../core/errors';
import type { Matrix3 } from '../schema';

/** What pw.x is told of a lattice: lengths in angstrom, cosines of the angles between b and c, a and c, a and b. */
export interface EspressoLattice {
  a: number;
  b: number;
  c: number;
  cosBC: number;
  cosAC: number;
  cosAB: number;
}

/**
 * The cell vectors in angstrom that pw.x makes of a number `ibrav` (not 0), as its manual INPUT_PW lists them.
 * Throws KernelError `bad-file` for numbers and cells that it has not got.
 */
export function bravaisCell(ibrav: number, lattice: EspressoLattice): Matrix3 {
  const { a, b, c, cosBC, cosAC, cosAB } = lattice;
  const sine = (cosine: number) => Math.sqrt(1 - cosine ** 2);
  const cells: Record<number, () => Matrix3> = {
    1: () => [
      [a, 0, 0],
      [0, a, 0],
      [0, 0, a],
    ],
    2: () => [
      [-a / 2, 0, a / 2],
      [0, a / 2, a / 2],
      [-a / 2, a / 2, 0],
    ],
    3: () => [
      [a / 2, a / 2, a / 2],
      [-a / 2, a / 2, a / 2],
      [-a / 2, -a / 2, a / 2],
    ],
    [-3]: () => [
      [-a / 2, a / 2, a / 2],
      [a / 2, -a / 2, a / 2],
      [a / 2, a / 2, -a / 2],
    ],
    4: () => [
      [a, 0, 0],
      [-a / 2, (a * Math.sqrt(3)) / 2, 0],
      [0, 0, c],
    ],
    5: () => {
      const { x, y, z } = trigonal(a, cosAB);
      return [
        [x, -y, z],
        [0, 2 * y, z],
        [-x, -y, z],
      ];
    },
    [-5]: () => {
      const { y, z } = trigonal(a / Math.sqrt(3), cosAB);
      const [u, v] = [z - 2 * Math.SQRT2 * y, z + Math.SQRT2 * y];
      return [
        [u, v, v],
        [v, u, v],
        [v, v, u],
      ];
    },
    6: () => [
      [a, 0, 0],
      [0, a, 0],
      [0, 0, c],
    ],
    7: () => [
      [a / 2, -a / 2, c / 2],
      [a / 2, a / 2, c / 2],
      [-a / 2, -a / 2, c / 2],
    ],
    8: () => [
      [a, 0, 0],
      [0, b, 0],
      [0, 0, c],
    ],
    9: () => [
      [a / 2, b / 2, 0],
      [-a / 2, b / 2, 0],
      [0, 0, c],
    ],
    [-9]: () => [
      [a / 2, -b / 2, 0],
      [a / 2, b / 2, 0],
      [0, 0, c],
    ],
    91: () => [
      [a, 0, 0],
      [0, b / 2, -c / 2],
      [0, b / 2, c / 2],
    ],
    10: () => [
      [a / 2, 0, c / 2],
      [a / 2, b / 2, 0],
      [0, b / 2, c / 2],
    ],
    11: () => [
      [a / 2, b / 2, c / 2],
      [-a / 2, b / 2, c / 2],
      [-a / 2, -b / 2, c / 2],
    ],
    12: () => [
      [a, 0, 0],
      [b * cosAB, b * sine(cosAB), 0],
      [0, 0, c],
    ],
    [-12]: () => [
      [a, 0, 0],
      [0, b, 0],
      [c * cosAC, 0, c * sine(cosAC)],
    ],
    13: () => [
      [a / 2, 0, -c / 2],
      [b * cosAB, b * sine(cosAB), 0],
      [a / 2, 0, c / 2],
    ],
    [-13]: () => [
      [a / 2, b / 2, 0],
      [-a / 2, b / 2, 0],
      [c * cosAC, 0, c * sine(cosAC)],
    ],
    14: () => {
      const height = 1 + 2 * cosBC * cosAC * cosAB - cosBC ** 2 - cosAC ** 2 - cosAB ** 2;
      return [
        [a, 0, 0],
        [b * cosAB, b * sine(cosAB), 0],
        [c * cosAC, (c * (cosBC - cosAC * cosAB)) / sine(cosAB), (c * Math.sqrt(height)) / sine(cosAB)],
      ];
    },
  };
  const cell = cells[ibrav]?.();
  if (!cell)
    throw new KernelError('bad-file', `There is no lattice with ibrav = ${ibrav} in Quantum ESPRESSO.`, { ibrav });
  if (cell.flat().every(Number.isFinite)) return cell;
  throw new KernelError(
    'bad-file',
    `With ibrav = ${ibrav} these lengths and angles make no cell: some are missing, or the angles do not fit together.`,
    { ibrav },
  );
}

/** Components of the three equal vectors of length `a` around the third axis. */
function trigonal(a: number, cosine: number): { x: number; y: number; z: number } {
  return {
    x: a * Math.sqrt((1 - cosine) / 2),
    y: a * Math.sqrt((1 - cosine) / 6),
    z: a * Math.sqrt((1 + 2 * cosine) / 3),
  };
}
