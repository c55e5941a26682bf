import { dot } from '../crystal/linear';
import type { Matrix3, Vector3 } from '../crystal/schema';

/** Lengths and products that differ by less, relative to the largest, count as equal. */
const TOLERANCE = 1e-4;

/**
 * The whole-numbered matrices W with entries of at most 1 that carry the lattice onto itself, W G W^T = G for the metric G of the cell's rows;
 * those of a reduced or conventional cell are all there. Indices hkl (columns) follow as W hkl.
 */
export function latticeSymmetries(cellAngstrom: Matrix3): Matrix3[] {
  const rows = smallVectors.map((w) => ({ w, length: quadratic(w, w, cellAngstrom) }));
  const largest = Math.max(...cellAngstrom.map((a) => dot(a, a)));
  const isNear = (x: number, y: number) => Math.abs(x - y) < TOLERANCE * largest;
  const [first, second, third] = cellAngstrom.map((a) => rows.filter(({ length }) => isNear(length, dot(a, a)))) as [
    typeof rows,
    typeof rows,
    typeof rows,
  ];
  const [a, b, c] = cellAngstrom;
  const found: Matrix3[] = [];
  for (const u of first)
    for (const v of second) {
      if (!isNear(quadratic(u.w, v.w, cellAngstrom), dot(a, b))) continue;
      for (const w of third)
        if (
          isNear(quadratic(u.w, w.w, cellAngstrom), dot(a, c)) &&
          isNear(quadratic(v.w, w.w, cellAngstrom), dot(b, c))
        )
          found.push([u.w, v.w, w.w]);
    }
  return found;
}

const steps = [-1, 0, 1];
const smallVectors: Vector3[] = steps
  .flatMap((x) => steps.flatMap((y) => steps.map((z): Vector3 => [x, y, z])))
  .filter((v) => v.some((x) => x !== 0));

function quadratic(u: Vector3, v: Vector3, rows: Matrix3): number {
  let sum = 0;
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) sum += u[i]! * v[j]! * dot(rows[i]!, rows[j]!);
  return sum;
}
