import type { Grid } from './fft-grid';
import { combine, dot, type Lattice, type Vector3 } from './lattice';

/** Plane waves within a sphere, ordered by integer triple. */
export interface PlaneWaves {
  /** k in units of the reciprocal vectors; zero for the density. */
  kpoint: Vector3;
  count: number;
  /** Integer triples of G, 3 numbers each. */
  triples: Int32Array;
  /** k + G in 1/bohr, 3 numbers each. */
  vectors: Float64Array;
  /** |k + G|^2 in 1/bohr^2. */
  squares: Float64Array;
  /** Place on the real-space grid's transform. */
  gridIndices: Int32Array;
}

/**
 * All G with |k + G|^2 <= maximum (1/bohr^2). Where a cell is being deformed, `chosenBy` is the lattice that it came from: its sphere
 * says which integer triples take part, so that the energy stays a smooth function of the cell.
 */
export function createPlaneWaves(
  lattice: Lattice,
  kpoint: Vector3,
  maximum: number,
  grid: Grid,
  chosenBy: Lattice = lattice,
): PlaneWaves {
  const radius = Math.sqrt(maximum);
  // |m_i + k_i| <= |G + k| |a_i|/2 pi
  const reach = chosenBy.vectors.map((a) => (radius * Math.sqrt(dot(a, a))) / (2 * Math.PI));
  const [low, high] = [
    reach.map((r, i) => Math.ceil(-r - kpoint[i]! - 1e-9)),
    reach.map((r, i) => Math.floor(r - kpoint[i]! + 1e-9)),
  ];
  // Counted first: arrays of the right length are made once.
  const forEachWave = (visit: (m0: number, m1: number, m2: number) => void) => {
    const [b0, b1, b2] = chosenBy.reciprocal;
    const k = combine(chosenBy.reciprocal, kpoint);
    for (let m0 = low[0]!; m0 <= high[0]!; m0++) {
      for (let m1 = low[1]!; m1 <= high[1]!; m1++) {
        for (let m2 = low[2]!; m2 <= high[2]!; m2++) {
          const x = m0 * b0[0] + m1 * b1[0] + m2 * b2[0] + k[0];
          const y = m0 * b0[1] + m1 * b1[1] + m2 * b2[1] + k[1];
          const z = m0 * b0[2] + m1 * b1[2] + m2 * b2[2] + k[2];
          // A hair above the cutoff still counts, so that symmetry-equivalent waves stay together whatever the rounding.
          if (x * x + y * y + z * z <= maximum * (1 + 1e-10)) visit(m0, m1, m2);
        }
      }
    }
  };
  let count = 0;
  forEachWave(() => {
    count++;
  });
  const triples = new Int32Array(3 * count);
  const vectors = new Float64Array(3 * count);
  const squares = new Float64Array(count);
  let g = 0;
  const [a0, a1, a2] = lattice.reciprocal;
  const k = combine(lattice.reciprocal, kpoint);
  forEachWave((m0, m1, m2) => {
    triples[3 * g] = m0;
    triples[3 * g + 1] = m1;
    triples[3 * g + 2] = m2;
    const x = m0 * a0[0] + m1 * a1[0] + m2 * a2[0] + k[0];
    const y = m0 * a0[1] + m1 * a1[1] + m2 * a2[1] + k[1];
    const z = m0 * a0[2] + m1 * a1[2] + m2 * a2[2] + k[2];
    vectors[3 * g] = x;
    vectors[3 * g + 1] = y;
    vectors[3 * g + 2] = z;
    squares[g++] = x * x + y * y + z * z;
  });
  return { kpoint, count, triples, vectors, squares, gridIndices: gridIndicesOf(triples, grid) };
}

/** Place of each plane wave on a grid's transform; negative frequencies wrap around. */
export function gridIndicesOf(triples: Int32Array, [n0, n1, n2]: Grid): Int32Array {
  const indices = new Int32Array(triples.length / 3);
  for (let g = 0; g < indices.length; g++) {
    const m0 = ((triples[3 * g]! % n0) + n0) % n0;
    const m1 = ((triples[3 * g + 1]! % n1) + n1) % n1;
    const m2 = ((triples[3 * g + 2]! % n2) + n2) % n2;
    indices[g] = (m0 * n1 + m1) * n2 + m2;
  }
  return indices;
}

/** The density's plane waves: |G|^2/2 <= 4 E_cut. */
export function createDensityPlaneWaves(
  lattice: Lattice,
  cutoffHartree: number,
  grid: Grid,
  chosenBy: Lattice = lattice,
): PlaneWaves {
  return createPlaneWaves(lattice, [0, 0, 0], 8 * cutoffHartree, grid, chosenBy);
}

/** exp(-2 pi i (k + m) . x) for every plane wave, interleaved, by powers along each axis. */
export function structureFactor(waves: PlaneWaves, position: Vector3): Float64Array {
  const phases = [0, 1, 2].map((axis) => {
    let largest = 0;
    for (let g = 0; g < waves.count; g++) largest = Math.max(largest, Math.abs(waves.triples[3 * g + axis]!));
    const table = new Float64Array(2 * (2 * largest + 1));
    for (let m = -largest; m <= largest; m++) {
      table[2 * (m + largest)] = Math.cos(-2 * Math.PI * m * position[axis]!);
      table[2 * (m + largest) + 1] = Math.sin(-2 * Math.PI * m * position[axis]!);
    }
    return { table, largest };
  });
  const ofPoint = -2 * Math.PI * waves.kpoint.reduce((sum, k, axis) => sum + k * position[axis]!, 0);
  const [first, second] = [Math.cos(ofPoint), Math.sin(ofPoint)];
  const out = new Float64Array(2 * waves.count);
  for (let g = 0; g < waves.count; g++) {
    let re = first;
    let im = second;
    for (let axis = 0; axis < 3; axis++) {
      const { table, largest } = phases[axis]!;
      const at = 2 * (waves.triples[3 * g + axis]! + largest);
      const c = table[at]!;
      const s = table[at + 1]!;
      [re, im] = [re * c - im * s, re * s + im * c];
    }
    out[2 * g] = re;
    out[2 * g + 1] = im;
  }
  return out;
}
