/**
 * Density of states by linear tetrahedra: Bloechl, Jepsen and Andersen, Phys. Rev. B 49, 16223 (1994), appendix C
 * (without their correction term); each submesh cell of the reciprocal lattice is cut into six tetrahedra along its
 * shortest diagonal.
 */
export interface TetrahedronMesh {
  mesh: readonly [number, number, number];
  /** For every point of the full mesh, index (i0*n1 + i1)*n2 + i2, the index of its eigenvalues. */
  irreducibleOf: Int32Array;
  /** Rows b_i, to find the shortest diagonal. */
  reciprocal: readonly (readonly number[])[];
}

/** The four corners of each tetrahedron as indices of irreducible points. */
export function cutTetrahedra({ mesh, irreducibleOf, reciprocal }: TetrahedronMesh): Int32Array {
  const corners = shortestDiagonalTetrahedra(mesh, reciprocal);
  const [n0, n1, n2] = mesh;
  const out = new Int32Array(n0 * n1 * n2 * 24);
  let next = 0;
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) {
      for (let k = 0; k < n2; k++) {
        for (const corner of corners) {
          const index = (((i + corner[0]!) % n0) * n1 + ((j + corner[1]!) % n1)) * n2 + ((k + corner[2]!) % n2);
          out[next++] = irreducibleOf[index]!;
        }
      }
    }
  }
  return out;
}

/** 24 corner offsets: six tetrahedra around the shortest of the four space diagonals of a mesh cell. */
function shortestDiagonalTetrahedra(mesh: readonly number[], reciprocal: readonly (readonly number[])[]): number[][] {
  const diagonals = [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const length = (start: number[]) => {
    const step = start.map((s) => 1 - 2 * s);
    return [0, 1, 2].reduce(
      (sum, axis) => sum + step.reduce((x, s, i) => x + (s * reciprocal[i]![axis]!) / mesh[i]!, 0) ** 2,
      0,
    );
  };
  const start = diagonals.reduce((best, candidate) => (length(candidate) < length(best) - 1e-12 ? candidate : best));
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  // From the diagonal's start to its end along the three edges in each order.
  return orders.flatMap((order) => {
    const path = [[...start]];
    for (const axis of order) {
      const corner = [...path[path.length - 1]!];
      corner[axis] = 1 - corner[axis]!;
      path.push(corner);
    }
    return path;
  });
}

/** Adds one tetrahedron's states: `weight` states in all, into density and integral at each energy. Energies ascending. */
export function addTetrahedron(
  corners: readonly number[],
  weight: number,
  energies: Float64Array,
  density: Float64Array,
  integrated: Float64Array,
): void {
  const [e1, e2, e3, e4] = [...corners].sort((a, b) => a - b) as [number, number, number, number];
  let i = lowerBound(energies, e1);
  for (; i < energies.length && energies[i]! < e4; i++) {
    const e = energies[i]!;
    if (e < e2) {
      const x = e - e1;
      const d = (e2 - e1) * (e3 - e1) * (e4 - e1);
      density[i]! += (weight * 3 * x * x) / d;
      integrated[i]! += (weight * x ** 3) / d;
    } else if (e < e3) {
      const x = e - e2;
      const [e21, e31, e41, e32, e42] = [e2 - e1, e3 - e1, e4 - e1, e3 - e2, e4 - e2];
      const c = (e31 + e42) / (e32 * e42);
      density[i]! += (weight / (e31 * e41)) * (3 * e21 + 6 * x - 3 * c * x * x);
      integrated[i]! += (weight / (e31 * e41)) * (e21 * e21 + 3 * e21 * x + 3 * x * x - c * x ** 3);
    } else {
      const x = e4 - e;
      const d = (e4 - e1) * (e4 - e2) * (e4 - e3);
      density[i]! += (weight * 3 * x * x) / d;
      integrated[i]! += weight * (1 - x ** 3 / d);
    }
  }
  for (; i < energies.length; i++) integrated[i]! += weight;
}

function lowerBound(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
