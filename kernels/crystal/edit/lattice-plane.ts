import { reciprocalCell } from '../cell';
import { shortestPair } from '../in-plane';
import { cross, dot, norm, rowTimesMatrix } from '../linear';
import type { Matrix3, Vector3 } from '../schema';
import { badEdit } from './requirements';

/** Planes of higher indices lie nearer to each other than atoms are large. */
const LARGEST_INDEX = 100;

/** A family of lattice planes (h k l) of a cell. */
export interface LatticePlane {
  /** Whole numbers without a common divisor. */
  miller: Vector3;
  /** Unit vector along h b1 + k b2 + l b3, cartesian. */
  normal: Vector3;
  /** Distance d of neighbouring lattice planes, angstrom. */
  spacingAngstrom: number;
}

/** The planes with these Miller indices, common divisors taken out; d = 2 pi / |h b1 + k b2 + l b3|. Throws KernelError `bad-edit` for (0 0 0). */
export function latticePlane(cellAngstrom: Matrix3, indices: Vector3): LatticePlane {
  const divisor = indices.reduce(greatestCommonDivisor, 0);
  if (divisor === 0) throw badEdit('The Miller indices (0 0 0) name no plane; at least one must be other than 0.');
  const miller = indices.map((index) => index / divisor + 0) as Vector3;
  if (miller.some((index) => Math.abs(index) > LARGEST_INDEX)) {
    throw badEdit(`The Miller indices (${indices.join(' ')}) are too high: at most ${LARGEST_INDEX} is possible.`, {
      miller: indices,
    });
  }
  const reciprocal = rowTimesMatrix(miller, reciprocalCell(cellAngstrom));
  const length = norm(reciprocal);
  return { miller, normal: reciprocal.map((x) => x / length) as Vector3, spacingAngstrom: (2 * Math.PI) / length };
}

/**
 * Whole-numbered rows u, v, w of determinant 1 or -1: u and v, the shortest pair, span the lattice plane (h k l) and are right-handed about its
 * normal, at 90 to 120 degrees; w leads to the next plane, h w1 + k w2 + l w3 = 1. The area |u x v| is volume / d.
 */
export function latticePlaneRows(cellAngstrom: Matrix3, { miller, normal }: LatticePlane): Matrix3 {
  const [h, k, l] = miller;
  const inner = greatestCommonDivisor(h, k);
  if (inner === 0) return orient([1, 0, 0], [0, 1, 0], [0, 0, l], cellAngstrom, normal);
  // p h + q k = gcd(h, k) and r gcd(h, k) + s l = 1.
  const [p, q] = bezout(h, k);
  const [r, s] = bezout(inner, l);
  return orient([k / inner, -h / inner, 0], [p * l, q * l, -inner], [r * p, r * q, s], cellAngstrom, normal);
}

/** Brings the pair to its shortest, and to the right hand about the normal. */
function orient(first: Vector3, second: Vector3, step: Vector3, cell: Matrix3, normal: Vector3): Matrix3 {
  const product = (a: Vector3, b: Vector3) => dot(rowTimesMatrix(a, cell), rowTimesMatrix(b, cell));
  let [u, v] = shortestPair(first, second, product);
  const isRightHanded = dot(cross(rowTimesMatrix(u, cell), rowTimesMatrix(v, cell)), normal) > 0;
  // At an angle of more than 90 degrees the other order keeps it.
  if (!isRightHanded) [u, v] = product(u, v) < -1e-9 * product(u, u) ? [v, u] : [u, negative(v)];
  return [u, v, step].map((row) => row.map((x) => x + 0)) as Matrix3;
}

const negative = (a: Vector3) => a.map((x) => -x) as Vector3;

/** Not negative; 0 for two zeros. */
function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}

/** Whole x and y with x a + y b = gcd(a, b). */
function bezout(a: number, b: number): [number, number] {
  if (b === 0) return [a < 0 ? -1 : 1, 0];
  const [x, y] = bezout(b, a % b);
  return [y, x - Math.trunc(a / b) * y];
}
