import { dot } from './linear';
import type { Matrix3 } from './schema';

/** Whole numbers (p, q) of the vector p a + q c in the plane perpendicular to the unique axis b. */
type Pair = [number, number];

const range = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6];
const pairs = range.flatMap((p) => range.map((q): Pair => [p, q]));

/**
 * Rows, in units of the given monoclinic axes: the shortest a and c that describe the crystal in the same setting of its space group, at an obtuse angle.
 * C-centred groups keep a modulo twice the lattice (so that (a + b) / 2 stays a lattice vector), those with a glide plane keep c so; the
 * others take the shorter vector for a. In 9 and 15 another class of c would move the origin as well.
 */
export function standardMonoclinicAxes(cell: Matrix3, spaceGroupNumber: number): Matrix3 {
  if (isBaseCentred(spaceGroupNumber)) {
    const keepsClass = spaceGroupNumber === 9 || spaceGroupNumber === 15;
    return axesFrom(cell, 'a', (c) => !keepsClass || isEven(c[0]));
  }
  return hasGlidePlane(spaceGroupNumber) ? axesFrom(cell, 'c') : axesFrom(cell, 'any');
}

/** The axes of the lattice alone, for which any c will do; the shape of the Brillouin zone depends on no more. */
export function latticeMonoclinicAxes(cell: Matrix3, spaceGroupNumber: number): Matrix3 {
  return isBaseCentred(spaceGroupNumber) ? axesFrom(cell, 'a') : standardMonoclinicAxes(cell, spaceGroupNumber);
}

function isBaseCentred(spaceGroupNumber: number): boolean {
  return [5, 8, 9, 12, 15].includes(spaceGroupNumber);
}

function hasGlidePlane(spaceGroupNumber: number): boolean {
  return [7, 13, 14].includes(spaceGroupNumber);
}

/** `fixed` names the vector whose class modulo twice the lattice is kept; it is chosen first, the other to go with it. */
function axesFrom([a, , c]: Matrix3, fixed: 'a' | 'c' | 'any', allows: (other: Pair) => boolean = () => true): Matrix3 {
  const product = ([p, q]: Pair, [r, s]: Pair) => p * r * dot(a, a) + (p * s + q * r) * dot(a, c) + q * s * dot(c, c);
  const shortest = (list: Pair[]) => list.reduce((best, v) => (product(v, v) < product(best, best) - 1e-6 ? v : best));
  const isOfClass = ([p, q]: Pair) => {
    if (fixed === 'any') return p !== 0 || q !== 0;
    return fixed === 'a' ? !isEven(p) && isEven(q) : isEven(p) && !isEven(q);
  };
  const first = shortest(pairs.filter(isOfClass));
  const area = (v: Pair) => first[0] * v[1] - first[1] * v[0];
  const second = shortest(pairs.filter((v) => Math.abs(area(v)) === 1 && product(first, v) <= 1e-6 && allows(v)));
  const [newA, newC] = fixed === 'c' ? [second, first] : [first, second];
  return [
    [newA[0], 0, newA[1]],
    [0, newA[0] * newC[1] - newA[1] * newC[0], 0],
    [newC[0], 0, newC[1]],
  ];
}

function isEven(n: number): boolean {
  return n % 2 === 0;
}
