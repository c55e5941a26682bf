import { KernelError } from '../core/errors';
import { determinant, dot, identity, multiply } from './linear';
import type { Matrix3 } from './schema';

/**
 * The whole-numbered T for which the rows of T A are the Niggli-reduced cell: the shortest vectors, all angles acute or all not acute
 * (Krivy and Gruber, Acta Cryst. A32, 297 (1976), with the tolerance of Grosse-Kunstleve et al., Acta Cryst. A60, 1 (2004)).
 */
export function niggliTransformation(rows: Matrix3): Matrix3 {
  const tolerance = 1e-6 * Math.cbrt(determinant(rows)) ** 2;
  let total = identity;
  for (let step = 0; step < 1000; step++) {
    const change = nextStep(multiply(total, rows), Math.abs(tolerance));
    if (!change) return total;
    total = multiply(change, total);
  }
  throw new KernelError('bad-cell', 'The cell could not be reduced; it is probably too flat.');
}

function nextStep([v1, v2, v3]: Matrix3, eps: number): Matrix3 | null {
  const [a, b, c] = [dot(v1, v1), dot(v2, v2), dot(v3, v3)];
  const [xi, eta, zeta] = [2 * dot(v2, v3), 2 * dot(v1, v3), 2 * dot(v1, v2)];
  const more = (x: number, y: number) => x > y + eps;
  const same = (x: number, y: number) => !more(x, y) && !more(y, x);

  if (more(a, b) || (same(a, b) && more(Math.abs(xi), Math.abs(eta)))) return swapFirst;
  if (more(b, c) || (same(b, c) && more(Math.abs(eta), Math.abs(zeta)))) return swapLast;
  const signs = signChange(xi, eta, zeta, eps);
  if (signs) return signs;
  if (more(Math.abs(xi), b) || (same(xi, b) && more(zeta, 2 * eta)) || (same(xi, -b) && more(0, zeta))) {
    return [identity[0], identity[1], [0, -Math.sign(xi), 1]];
  }
  if (more(Math.abs(eta), a) || (same(eta, a) && more(zeta, 2 * xi)) || (same(eta, -a) && more(0, zeta))) {
    return [identity[0], identity[1], [-Math.sign(eta), 0, 1]];
  }
  if (more(Math.abs(zeta), a) || (same(zeta, a) && more(eta, 2 * xi)) || (same(zeta, -a) && more(0, eta))) {
    return [identity[0], [-Math.sign(zeta), 1, 0], identity[2]];
  }
  const sum = xi + eta + zeta + a + b;
  if (more(0, sum) || (same(sum, 0) && more(2 * (a + eta) + zeta, 0))) return [identity[0], identity[1], [1, 1, 1]];
  return null;
}

const swapFirst: Matrix3 = [
  [0, -1, 0],
  [-1, 0, 0],
  [0, 0, -1],
];
const swapLast: Matrix3 = [
  [-1, 0, 0],
  [0, 0, -1],
  [0, -1, 0],
];

/** Signs of the vectors that make all three products positive if their product is, and none positive otherwise; null when they are so. */
function signChange(xi: number, eta: number, zeta: number, eps: number): Matrix3 | null {
  const products = [xi, eta, zeta].map((x) => (x > eps ? 1 : x < -eps ? -1 : 0));
  const isAcute = products[0]! * products[1]! * products[2]! > 0;
  const signs = products.map((sign) => ((isAcute ? sign < 0 : sign > 0) ? -1 : 1));
  // An odd number of changes would turn the cell left-handed; a vector whose product is zero can take one more.
  if (signs[0]! * signs[1]! * signs[2]! < 0) signs[products.lastIndexOf(0)]! *= -1;
  if (signs.every((sign) => sign === 1)) return null;
  return [
    [signs[0]!, 0, 0],
    [0, signs[1]!, 0],
    [0, 0, signs[2]!],
  ];
}
