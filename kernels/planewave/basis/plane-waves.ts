import { type Grid, indexOf } from './fft-grid';
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
  const triples: number[] = [];
  const vectors: number[] = [];
  const squares: number[] = [];
  const gridIndices: number[] = [];
  for (let m0 = low[0]!; m0 <= high[0]!; m0++) {
    for (let m1 = low[1]!; m1 <= high[1]!; m1++) {
      for (let m2 = low[2]!; m2 <= high[2]!; m2++) {
        const m: Vector3 = [m0 + kpoint[0], m1 + kpoint[1], m2 + kpoint[2]];
        const chosen = combine(chosenBy.reciprocal, m);
        // A hair above the cutoff still counts, so that symmetry-equivalent waves stay together whatever the rounding.
        if (dot(chosen, chosen) > maximum * (1 + 1e-10)) continue;
        const v = chosenBy === lattice ? chosen : combine(lattice.reciprocal, m);
        triples.push(m0, m1, m2);
        vectors.push(...v);
        squares.push(dot(v, v));
        gridIndices.push(indexOf([m0, m1, m2], grid));
      }
    }
  }
  return {
    kpoint,
    count: squares.length,
    triples: Int32Array.from(triples),
    vectors: Float64Array.from(vectors),
    squares: Float64Array.from(squares),
    gridIndices: Int32Array.from(gridIndices),
  };
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

/** exp(-2 pi i m . x) for every plane wave, interleaved, by powers along each axis. */
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
  const out = new Float64Array(2 * waves.count);
  for (let g = 0; g < waves.count; g++) {
    let re = 1;
    let im = 0;
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
