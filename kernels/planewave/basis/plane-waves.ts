import type { Grid } from './fft-grid';
import { combine, dot, type Lattice, type Vector3 } from './lattice';

/** Plane waves within a sphere, ordered by integer triple. */
export interface PlaneWaves {
  /** k in units of the reciprocal vectors; zero for the density. */
  kpoint: Vector3;
  count: number;
  /** Integer triples of G, 3 numbers each. */
  triples: Int32Array;
  /** No triple has a larger |m| along each axis. */
  reach: Vector3;
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
  const rows = rowsOfSphere(chosenBy, kpoint, maximum);
  let count = 0;
  for (let i = 0; i < rows.length; i += 4) count += rows[i + 3]! - rows[i + 2]! + 1;
  const triples = new Int32Array(3 * count);
  const vectors = new Float64Array(3 * count);
  const squares = new Float64Array(count);
  const reach: Vector3 = [0, 0, 0];
  const [a0, a1, a2] = lattice.reciprocal;
  const k = combine(lattice.reciprocal, kpoint);
  let g = 0;
  for (let i = 0; i < rows.length; i += 4) {
    const m0 = rows[i]!;
    const m1 = rows[i + 1]!;
    for (let m2 = rows[i + 2]!; m2 <= rows[i + 3]!; m2++) {
      const x = m0 * a0[0] + m1 * a1[0] + m2 * a2[0] + k[0];
      const y = m0 * a0[1] + m1 * a1[1] + m2 * a2[1] + k[1];
      const z = m0 * a0[2] + m1 * a1[2] + m2 * a2[2] + k[2];
      triples[3 * g] = m0;
      triples[3 * g + 1] = m1;
      triples[3 * g + 2] = m2;
      vectors[3 * g] = x;
      vectors[3 * g + 1] = y;
      vectors[3 * g + 2] = z;
      squares[g++] = x * x + y * y + z * z;
    }
    reach[0] = Math.max(reach[0], Math.abs(m0));
    reach[1] = Math.max(reach[1], Math.abs(m1));
    reach[2] = Math.max(reach[2], Math.abs(rows[i + 2]!), Math.abs(rows[i + 3]!));
  }
  return { kpoint, count, triples, reach, vectors, squares, gridIndices: gridIndicesOf(triples, grid) };
}

/**
 * The sphere |k + G|^2 <= maximum by its rows along the third axis: m0, m1, the first and the last m2 of each. Along a row |k + G|^2 is
 * a quadratic in m2. A hair above the cutoff still counts, so that symmetry-equivalent waves stay together whatever the rounding.
 */
function rowsOfSphere({ vectors, reciprocal }: Lattice, kpoint: Vector3, maximum: number): number[] {
  const [b0, b1, b2] = reciprocal;
  const k = combine(reciprocal, kpoint);
  const limit = maximum * (1 + 1e-10);
  // |m_i + k_i| <= |G + k| |a_i|/2 pi
  const [r0, r1] = vectors.map((a) => Math.sqrt(maximum * dot(a, a)) / (2 * Math.PI)) as Vector3;
  const step = dot(b2, b2);
  const rows: number[] = [];
  for (let m0 = Math.ceil(-r0 - kpoint[0] - 1e-9); m0 <= Math.floor(r0 - kpoint[0] + 1e-9); m0++) {
    for (let m1 = Math.ceil(-r1 - kpoint[1] - 1e-9); m1 <= Math.floor(r1 - kpoint[1] + 1e-9); m1++) {
      const x = m0 * b0[0] + m1 * b1[0] + k[0];
      const y = m0 * b0[1] + m1 * b1[1] + k[1];
      const z = m0 * b0[2] + m1 * b1[2] + k[2];
      const centre = -(x * b2[0] + y * b2[1] + z * b2[2]) / step;
      const half = Math.sqrt(centre * centre - (x * x + y * y + z * z - limit) / step);
      const first = Math.ceil(centre - half);
      const last = Math.floor(centre + half);
      // Not a number where the row passes by the sphere.
      if (first <= last) rows.push(m0, m1, first, last);
    }
  }
  return rows;
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
export function structureFactor({ kpoint, count, triples, reach }: PlaneWaves, position: Vector3): Float64Array {
  const [l0, l1, l2] = reach;
  const first = phasesAlong(l0, kpoint[0], position[0]);
  const second = phasesAlong(l1, kpoint[1], position[1]);
  const third = phasesAlong(l2, kpoint[2], position[2]);
  const out = new Float64Array(2 * count);
  for (let g = 0; g < count; g++) {
    const at0 = 2 * (triples[3 * g]! + l0);
    const at1 = 2 * (triples[3 * g + 1]! + l1);
    const at2 = 2 * (triples[3 * g + 2]! + l2);
    const re = first[at0]! * second[at1]! - first[at0 + 1]! * second[at1 + 1]!;
    const im = first[at0]! * second[at1 + 1]! + first[at0 + 1]! * second[at1]!;
    out[2 * g] = re * third[at2]! - im * third[at2 + 1]!;
    out[2 * g + 1] = re * third[at2 + 1]! + im * third[at2]!;
  }
  return out;
}

/** exp(-2 pi i (k + m) x) for m from -reach to reach, interleaved. */
function phasesAlong(reach: number, k: number, x: number): Float64Array {
  const phases = new Float64Array(2 * (2 * reach + 1));
  for (let m = -reach; m <= reach; m++) {
    const angle = -2 * Math.PI * (k + m) * x;
    phases[2 * (m + reach)] = Math.cos(angle);
    phases[2 * (m + reach) + 1] = Math.sin(angle);
  }
  return phases;
}

/** out(G) += share form(G) phase(G): an atom's field from its form factor and structure factor. */
export function addAtom(out: Float64Array, share: number, form: Float64Array, phase: Float64Array): void {
  for (let g = 0; g < form.length; g++) {
    const height = share * form[g]!;
    out[2 * g]! += height * phase[2 * g]!;
    out[2 * g + 1]! += height * phase[2 * g + 1]!;
  }
}
