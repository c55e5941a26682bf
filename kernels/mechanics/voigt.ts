import type { Matrix3 } from '../crystal/schema';

/** Voigt's order of the six parts of a symmetric tensor, as pairs of axes. */
export const voigtAxes = [
  [0, 0],
  [1, 1],
  [2, 2],
  [1, 2],
  [0, 2],
  [0, 1],
] as const;
export const voigtNames = ['xx', 'yy', 'zz', 'yz', 'xz', 'xy'] as const;

/**
 * A symmetric tensor as six numbers in the notation of Kelvin and Mandel: the parts off the diagonal times sqrt 2, so that products of
 * vectors are those of tensors and rotations of space are orthogonal.
 */
export const toKelvin = (tensor: Matrix3): number[] =>
  voigtAxes.map(([a, b], i) => kelvinFactors[i]! * (tensor[a]![b]! + tensor[b]![a]!) * 0.5);

/** C of Kelvin and Mandel is that of Voigt times the factors of its row and its column. */
export const kelvinFactors = [1, 1, 1, Math.SQRT2, Math.SQRT2, Math.SQRT2] as const;

/** R T R^T. */
export function rotate(tensor: Matrix3, R: Matrix3): Matrix3 {
  const at = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < 3; k++) for (let l = 0; l < 3; l++) sum += R[i]![k]! * tensor[k]![l]! * R[j]![l]!;
    return sum;
  };
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => at(i, j))) as unknown as Matrix3;
}
