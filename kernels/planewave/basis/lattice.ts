import { KernelError } from '../../core/errors';

export type Vector3 = [number, number, number];
export type Matrix3 = [Vector3, Vector3, Vector3];

/** A Bravais lattice in bohr: rows of `vectors` are a_i, rows of `reciprocal` b_j with a_i . b_j = 2 pi delta_ij. */
export interface Lattice {
  vectors: Matrix3;
  reciprocal: Matrix3;
  volume: number;
}

/** @throws KernelError zero-volume when the vectors lie in a plane. */
export function createLattice(vectors: Matrix3): Lattice {
  const [a, b, c] = vectors;
  const volume = dot(a, cross(b, c));
  if (!(Math.abs(volume) > 1e-6)) {
    throw new KernelError(
      'zero-volume',
      'The three cell vectors lie in one plane: the cell has no volume. Check the cell.',
      { volumeBohr3: volume },
    );
  }
  const scale = (2 * Math.PI) / volume;
  const reciprocal = [cross(b, c), cross(c, a), cross(a, b)].map((v) => v.map((x) => x * scale)) as Matrix3;
  return { vectors, reciprocal, volume: Math.abs(volume) };
}

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** The cartesian vector of fractional coordinates: sum_i f_i rows_i. */
export function combine(rows: Matrix3, f: readonly [number, number, number]): Vector3 {
  return [0, 1, 2].map((axis) => f[0] * rows[0][axis]! + f[1] * rows[1][axis]! + f[2] * rows[2][axis]!) as Vector3;
}
