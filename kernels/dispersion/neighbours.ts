import { cross, dot, norm } from '../crystal/linear';
import type { Vector3 } from '../crystal/schema';

/** Atoms in a cell or in free space. bohr. */
export interface Atoms {
  /** Rows; null for a molecule. */
  cell: readonly [Vector3, Vector3, Vector3] | null;
  /** Along which rows of the cell the atoms repeat. */
  periodic: readonly [boolean, boolean, boolean];
  /** Cartesian. */
  positions: readonly Vector3[];
  atomicNumbers: readonly number[];
}

/** What is within reach of what, told once: the pair (i, j) with i <= j, the vector from i to the image of j, and its length. */
export type PairVisitor = (i: number, j: number, x: number, y: number, z: number, r: number) => void;

/**
 * Calls `visit` for every pair of atoms within `reach` bohr, images included; an atom and an image of its own are told once,
 * not as both directions.
 */
export function visitPairs({ cell, periodic, positions }: Atoms, reach: number, visit: PairVisitor): void {
  const images = latticeVectors(cell, periodic, reach, positions);
  const limit = reach * reach;
  for (let i = 0; i < positions.length; i++) {
    const [ax, ay, az] = positions[i]!;
    for (let j = i; j < positions.length; j++) {
      const [bx, by, bz] = positions[j]!;
      // Of T and -T one is kept for i = j: the first half of the list, which is symmetric around the zero in its middle.
      const count = i === j ? (images.length - 3) / 2 : images.length;
      for (let t = 0; t < count; t += 3) {
        const x = bx - ax + images[t]!;
        const y = by - ay + images[t + 1]!;
        const z = bz - az + images[t + 2]!;
        const r2 = x * x + y * y + z * z;
        if (r2 <= limit) visit(i, j, x, y, z, Math.sqrt(r2));
      }
    }
  }
}

/** All lattice vectors that may bring two atoms within reach; T and -T stand at mirrored places of the list. */
function latticeVectors(
  cell: Atoms['cell'],
  periodic: Atoms['periodic'],
  reach: number,
  positions: readonly Vector3[],
): Float64Array {
  if (!cell) return new Float64Array(3);
  const heights = [0, 1, 2].map((axis) => {
    const normal = cross(cell[(axis + 1) % 3]!, cell[(axis + 2) % 3]!);
    const length = norm(normal);
    const along = positions.map((p) => dot(p, normal) / length);
    const spread = positions.length > 0 ? Math.max(...along) - Math.min(...along) : 0;
    return { height: Math.abs(dot(cell[axis]!, normal)) / length, spread };
  });
  const [na, nb, nc] = heights.map(({ height, spread }, axis) =>
    periodic[axis] ? Math.ceil((reach + spread) / height) : 0,
  ) as [number, number, number];
  const vectors = new Float64Array(3 * (2 * na + 1) * (2 * nb + 1) * (2 * nc + 1));
  let at = 0;
  for (let a = -na; a <= na; a++) {
    for (let b = -nb; b <= nb; b++) {
      for (let c = -nc; c <= nc; c++) {
        for (let axis = 0; axis < 3; axis++)
          vectors[at++] = a * cell[0][axis]! + b * cell[1][axis]! + c * cell[2][axis]!;
      }
    }
  }
  return vectors;
}
