import type { GridOperation } from '../basis/fft-grid';
import type { PlaneWaves } from '../basis/plane-waves';

/** Averages a density over symmetry operations. */
export type Symmetrizer = (density: Float64Array) => Float64Array;

/**
 * n_s(x) = 1/N sum_ops n(W x + w) in reciprocal space: n_s(W^T m) += n(m) exp(2 pi i m.w)/N, with the operations that
 * were used to reduce the k-points, no more and no less. Where each m goes is worked out on the way: tables for all operations would be
 * larger than everything else in a small run.
 */
export function createSymmetrizer(waves: PlaneWaves, operations: readonly GridOperation[]): Symmetrizer {
  if (operations.length <= 1) return (density) => density;
  const { triples, count } = waves;
  const reach = [0, 1, 2].map((axis) => {
    let largest = 0;
    for (let g = 0; g < count; g++) largest = Math.max(largest, Math.abs(triples[3 * g + axis]!));
    return largest;
  }) as [number, number, number];
  const place = placesInBox(triples, reach);
  const maps = operations.map(({ rotation, translation }) => ({
    rotation: Int32Array.from(rotation.flat()),
    phases: translation.map((w, axis) => phasesAlongAxis(w, reach[axis]!)),
  }));
  return (density) => {
    const out = new Float64Array(density.length);
    for (const { rotation, phases } of maps) addRotated(out, density, triples, { rotation, phases, place, reach });
    for (let i = 0; i < out.length; i++) out[i]! /= operations.length;
    return out;
  };
}

interface Rotation {
  /** W, row by row. */
  rotation: Int32Array;
  /** exp(2 pi i m w) for each axis, m from -reach to reach. */
  phases: Float64Array[];
  place: Int32Array;
  reach: readonly [number, number, number];
}

/** out(W^T m) += n(m) exp(2 pi i m.w) */
function addRotated(
  out: Float64Array,
  density: Float64Array,
  triples: Int32Array,
  { rotation: W, phases, place, reach: [l0, l1, l2] }: Rotation,
): void {
  const [p0, p1, p2] = phases as [Float64Array, Float64Array, Float64Array];
  for (let g = 0; 3 * g < triples.length; g++) {
    const m0 = triples[3 * g]!;
    const m1 = triples[3 * g + 1]!;
    const m2 = triples[3 * g + 2]!;
    const r0 = m0 * W[0]! + m1 * W[3]! + m2 * W[6]!;
    const r1 = m0 * W[1]! + m1 * W[4]! + m2 * W[7]!;
    const r2 = m0 * W[2]! + m1 * W[5]! + m2 * W[8]!;
    if (Math.abs(r0) > l0 || Math.abs(r1) > l1 || Math.abs(r2) > l2) continue;
    const at = 2 * place[((r0 + l0) * (2 * l1 + 1) + r1 + l1) * (2 * l2 + 1) + r2 + l2]!;
    if (at < 0) continue;
    const [i0, i1, i2] = [2 * (m0 + l0), 2 * (m1 + l1), 2 * (m2 + l2)];
    const re01 = p0[i0]! * p1[i1]! - p0[i0 + 1]! * p1[i1 + 1]!;
    const im01 = p0[i0]! * p1[i1 + 1]! + p0[i0 + 1]! * p1[i1]!;
    const c = re01 * p2[i2]! - im01 * p2[i2 + 1]!;
    const s = re01 * p2[i2 + 1]! + im01 * p2[i2]!;
    const re = density[2 * g]!;
    const im = density[2 * g + 1]!;
    out[at]! += re * c - im * s;
    out[at + 1]! += re * s + im * c;
  }
}

/** The plane wave of each triple within reach, -1 where the sphere has none. */
function placesInBox(triples: Int32Array, [l0, l1, l2]: readonly [number, number, number]): Int32Array {
  const place = new Int32Array((2 * l0 + 1) * (2 * l1 + 1) * (2 * l2 + 1)).fill(-1);
  for (let g = 0; 3 * g < triples.length; g++) {
    const row = (triples[3 * g]! + l0) * (2 * l1 + 1) + triples[3 * g + 1]! + l1;
    place[row * (2 * l2 + 1) + triples[3 * g + 2]! + l2] = g;
  }
  return place;
}

function phasesAlongAxis(w: number, reach: number): Float64Array {
  const phases = new Float64Array(2 * (2 * reach + 1));
  for (let m = -reach; m <= reach; m++) {
    phases[2 * (m + reach)] = Math.cos(2 * Math.PI * m * w);
    phases[2 * (m + reach) + 1] = Math.sin(2 * Math.PI * m * w);
  }
  return phases;
}
