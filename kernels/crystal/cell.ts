import { cross, determinant, dot, inverse, norm, rowTimesMatrix } from './linear';
import type { Matrix3, Vector3 } from './schema';

/** Volume |a1 . (a2 x a3)| in angstrom^3 of a cell with rows a_i in angstrom. */
export function cellVolume(cellAngstrom: Matrix3): number {
  return Math.abs(determinant(cellAngstrom));
}

/** Rows b_i in 1/angstrom with a_i . b_j = 2 pi delta_ij. */
export function reciprocalCell(cellAngstrom: Matrix3): Matrix3 {
  const [a, b, c] = cellAngstrom;
  const factor = (2 * Math.PI) / determinant(cellAngstrom);
  return [cross(b, c), cross(c, a), cross(a, b)].map((v) => v.map((x) => x * factor)) as Matrix3;
}

/** x = f A: cartesian coordinates in angstrom of fractional ones. */
export function fractionalToCartesian(fractional: Vector3, cellAngstrom: Matrix3): Vector3 {
  return rowTimesMatrix(fractional, cellAngstrom);
}

/** f = x A^-1. For many points invert the cell once instead. */
export function cartesianToFractional(cartesianAngstrom: Vector3, cellAngstrom: Matrix3): Vector3 {
  return rowTimesMatrix(cartesianAngstrom, inverse(cellAngstrom));
}

export interface CellParameters {
  lengthsAngstrom: Vector3;
  /** alpha (between a2 and a3), beta (a3, a1), gamma (a1, a2). */
  anglesDegrees: Vector3;
}

/** Lengths and angles of a cell; its orientation is lost. */
export function cellParameters(cellAngstrom: Matrix3): CellParameters {
  const [a, b, c] = cellAngstrom;
  return {
    lengthsAngstrom: [norm(a), norm(b), norm(c)],
    anglesDegrees: [angleDegrees(b, c), angleDegrees(c, a), angleDegrees(a, b)],
  };
}

/** A cell with these parameters, a1 along x and a2 in the xy plane. Angles that no cell has give a volume of zero. */
export function cellFromParameters({ lengthsAngstrom: [a, b, c], anglesDegrees }: CellParameters): Matrix3 {
  const [cosAlpha, cosBeta, cosGamma] = anglesDegrees.map(cosDegrees) as Vector3;
  const sinGamma = Math.sqrt(1 - cosGamma ** 2);
  const cy = (cosAlpha - cosBeta * cosGamma) / sinGamma;
  const cz = Math.sqrt(Math.max(0, 1 - cosBeta ** 2 - cy ** 2));
  return [
    [a, 0, 0],
    [b * cosGamma, b * sinGamma, 0],
    [c * cosBeta, c * cy, c * cz],
  ];
}

/** Exact at the angles of high symmetry, so that a hexagonal cell from a file is hexagonal to the last bit. */
function cosDegrees(angle: number): number {
  if (angle === 90) return 0;
  if (angle === 60) return 0.5;
  if (angle === 120) return -0.5;
  return Math.cos((angle * Math.PI) / 180);
}

function angleDegrees(u: Vector3, v: Vector3): number {
  return (Math.atan2(norm(cross(u, v)), dot(u, v)) * 180) / Math.PI;
}
