import { dot, type Lattice, type Vector3 } from './lattice';

export type Grid = [number, number, number];

/** A symmetry operation on fractional column coordinates, x -> W x + w. */
export interface GridOperation {
  rotation: readonly (readonly number[])[];
  translation: readonly number[];
}

/** The smallest grid on which products of two orbitals are exact: n_i >= 2 floor(sqrt(8 E_cut)|a_i|/2 pi) + 1. */
export function smallestGrid(lattice: Lattice, cutoffHartree: number): Grid {
  const largestG = Math.sqrt(8 * cutoffHartree);
  return lattice.vectors.map(
    (a) => 2 * Math.floor((largestG * Math.sqrt(dot(a, a))) / (2 * Math.PI) + 1e-9) + 1,
  ) as Grid;
}

/**
 * The grid of a run: at least `scale` times the smallest, with factors 2, 3 and 5 only, a multiple of the denominators
 * of the fractional translations, and equal along axes that a rotation mixes, so that every operation maps grid points
 * onto grid points (else exchange-correlation would break the symmetry).
 */
export function chooseGrid(
  lattice: Lattice,
  cutoffHartree: number,
  operations: readonly GridOperation[],
  scale: number,
): Grid {
  const least = smallestGrid(lattice, cutoffHartree).map((n) => Math.ceil(n * scale - 1e-9)) as Grid;
  const denominators = [0, 1, 2].map((axis) =>
    operations.reduce((common, { translation }) => leastCommonMultiple(common, denominatorOf(translation[axis]!)), 1),
  );
  const group = mixedAxes(operations);
  return [0, 1, 2].map((axis) => {
    const mixed = [0, 1, 2].filter((other) => group[other] === group[axis]);
    const multiple = mixed.reduce((common, other) => leastCommonMultiple(common, denominators[other]!), 1);
    let n = Math.ceil(Math.max(...mixed.map((other) => least[other]!)) / multiple) * multiple;
    while (!isSmooth(n)) n += multiple;
    return n;
  }) as Grid;
}

/** Whether an operation maps the points of a grid onto themselves. */
export function mapsGrid({ rotation, translation }: GridOperation, grid: Grid): boolean {
  return grid.every((n, i) => {
    const shift = translation[i]! * n;
    if (Math.abs(shift - Math.round(shift)) > 1e-6 * n) return false;
    return grid.every((m, j) => (rotation[i]![j]! * n) % m === 0);
  });
}

export function isSmooth(n: number): boolean {
  let rest = n;
  for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor;
  return rest === 1;
}

/** Smallest denominator up to 12 of a translation, 1 when it is none (such operations are left out later). */
function denominatorOf(t: number): number {
  for (let d = 1; d <= 12; d++) if (Math.abs(t * d - Math.round(t * d)) < 1e-4) return d;
  return 1;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** A number for each axis, the same for axes that some rotation mixes. */
function mixedAxes(operations: readonly GridOperation[]): number[] {
  const group = [0, 1, 2];
  for (const { rotation } of operations) {
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        if (rotation[i]![j]! === 0 || group[i] === group[j]) continue;
        const [from, to] = [group[j]!, group[i]!];
        for (let k = 0; k < 3; k++) if (group[k] === from) group[k] = to;
      }
    }
  }
  return group;
}

/** Integer triple of a flattened grid index, wrapped to -n/2 < m <= n/2. */
export function tripleOf(index: number, [, n1, n2]: Grid, grid: Grid): Vector3 {
  const i2 = index % n2;
  const i1 = Math.floor(index / n2) % n1;
  const i0 = Math.floor(index / (n1 * n2));
  return [i0, i1, i2].map((m, axis) => (m > grid[axis]! / 2 ? m - grid[axis]! : m)) as Vector3;
}
