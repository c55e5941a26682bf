import type { Matrix3, Vector3 } from './schema';

/** Small dense algebra on 3-vectors and 3x3 matrices (rows first). */
export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function norm(a: Vector3): number {
  return Math.hypot(a[0], a[1], a[2]);
}

export function determinant(m: Matrix3): number {
  return dot(m[0], cross(m[1], m[2]));
}

export function transpose(m: Matrix3): Matrix3 {
  return [
    [m[0][0], m[1][0], m[2][0]],
    [m[0][1], m[1][1], m[2][1]],
    [m[0][2], m[1][2], m[2][2]],
  ];
}

/** The inverse; a singular matrix gives infinities or NaN, so callers who take unchecked cells look at the volume first. */
export function inverse(m: Matrix3): Matrix3 {
  const scale = 1 / determinant(m);
  const columns = [cross(m[1], m[2]), cross(m[2], m[0]), cross(m[0], m[1])] as Matrix3;
  return transpose(columns).map((row) => row.map((x) => x * scale)) as Matrix3;
}

export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  return a.map((row) => rowTimesMatrix(row, b)) as Matrix3;
}

/** v M with v a row: fractional to cartesian when the rows of M are cell vectors. */
export function rowTimesMatrix(v: Vector3, m: Matrix3): Vector3 {
  return [
    v[0] * m[0][0] + v[1] * m[1][0] + v[2] * m[2][0],
    v[0] * m[0][1] + v[1] * m[1][1] + v[2] * m[2][1],
    v[0] * m[0][2] + v[1] * m[1][2] + v[2] * m[2][2],
  ];
}

/** M v with v a column: how symmetry operations act on fractional coordinates. */
export function matrixTimesColumn(m: Matrix3, v: Vector3): Vector3 {
  return [dot(m[0], v), dot(m[1], v), dot(m[2], v)];
}

export function add(a: Vector3, b: Vector3): Vector3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function subtract(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export const identity: Matrix3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
