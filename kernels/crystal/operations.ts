import { add, identity, inverse, matrixTimesColumn, multiply, transpose } from './linear';
import type { Matrix3, Vector3 } from './schema';

/** x -> W x + w on fractional column coordinates of the cell it belongs to; W has integer entries. */
export interface SymmetryOperation {
  rotation: Matrix3;
  translation: Vector3;
}

export const identityOperation: SymmetryOperation = { rotation: identity, translation: [0, 0, 0] };

export function applyOperation({ rotation, translation }: SymmetryOperation, fractional: Vector3): Vector3 {
  return add(matrixTimesColumn(rotation, fractional), translation);
}

/** First `second`, then `first`: (W1 W2, W1 w2 + w1). */
export function composeOperations(first: SymmetryOperation, second: SymmetryOperation): SymmetryOperation {
  return {
    rotation: multiply(first.rotation, second.rotation),
    translation: applyOperation(first, second.translation),
  };
}

/**
 * What W does to fractional reciprocal coordinates k (columns, in units of the rows b_i): k' = W^-T k, so that k'. (W x) = k . x.
 * The set of all W^-T of a group is the set of all W^T.
 */
export function reciprocalRotation(rotation: Matrix3): Matrix3 {
  return transpose(inverse(rotation)).map((row) => row.map(Math.round)) as Matrix3;
}

/** R with x_cartesian -> R x (column vectors) for a rotation on fractional coordinates of a cell with rows a_i: R = A^T W A^-T. */
export function cartesianRotation(rotation: Matrix3, cellAngstrom: Matrix3): Matrix3 {
  const columns = transpose(cellAngstrom);
  return multiply(multiply(columns, rotation), inverse(columns));
}

export function isIdentity(rotation: Matrix3): boolean {
  return rotation.every((row, i) => row.every((x, j) => x === (i === j ? 1 : 0)));
}

/** Into [0, 1), with what rounding leaves just below 1 taken for 0. */
export function wrapFractional(x: Vector3): Vector3 {
  return x.map((value) => {
    const wrapped = value - Math.floor(value);
    return wrapped > 1 - 1e-10 ? 0 : wrapped;
  }) as Vector3;
}

/** Length in angstrom of the shortest lattice image of a fractional difference, to first order (components brought into [-1/2, 1/2]). */
export function latticeDistance(a: Vector3, b: Vector3, cellAngstrom: Matrix3): number {
  const u = a[0] - b[0] - Math.round(a[0] - b[0]);
  const v = a[1] - b[1] - Math.round(a[1] - b[1]);
  const w = a[2] - b[2] - Math.round(a[2] - b[2]);
  const [p, q, r] = cellAngstrom;
  return Math.sqrt(
    (u * p[0] + v * q[0] + w * r[0]) ** 2 +
      (u * p[1] + v * q[1] + w * r[1]) ** 2 +
      (u * p[2] + v * q[2] + w * r[2]) ** 2,
  );
}
