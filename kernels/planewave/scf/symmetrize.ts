import type { GridOperation } from '../basis/fft-grid';
import type { Lattice, Vector3 } from '../basis/lattice';
import type { PlaneWaves } from '../basis/plane-waves';
import { type Tensor, zeroTensor, zeroVectors } from '../terms/tensor';

/** Averages a density over symmetry operations. */
export type Symmetrizer = (density: Float64Array) => Float64Array;

/**
 * n_s(x) = 1/N sum_ops n(W x + w) in reciprocal space: n_s(W^T m) += n(m) exp(2 pi i m.w)/N, with the operations that
 * were used to reduce the k-points, no more and no less. They are a group, so each star of plane waves is averaged once, at its first
 * member, n_s(m) = 1/N sum_ops n(W^T m) exp(-2 pi i m.w), and handed to the others. Where each goes is worked out on the way: tables for all
 * operations would be larger than everything else in a small run.
 */
export function createSymmetrizer(waves: PlaneWaves, operations: readonly GridOperation[]): Symmetrizer {
  if (operations.length <= 1) return (density) => density;
  const { triples, count, reach } = waves;
  const place = placesInBox(triples, reach);
  const maps = operations.map(({ rotation, translation }) => ({
    rotation: Int32Array.from(rotation.flat()),
    translation: Float64Array.from(translation),
  }));
  // The star of one plane wave: where each operation takes it, and exp(2 pi i m.w).
  const members = new Int32Array(operations.length);
  const phases = new Float64Array(2 * operations.length);
  return (density) => {
    const out = new Float64Array(density.length);
    const isDone = new Uint8Array(count);
    for (let g = 0; g < count; g++) {
      if (isDone[g]) continue;
      let re = 0;
      let im = 0;
      for (let o = 0; o < maps.length; o++) {
        const to = rotatedPlace(triples, g, maps[o]!.rotation, place, reach);
        members[o] = to;
        if (to < 0) continue;
        const w = maps[o]!.translation;
        const angle =
          2 * Math.PI * (triples[3 * g]! * w[0]! + triples[3 * g + 1]! * w[1]! + triples[3 * g + 2]! * w[2]!);
        const c = angle === 0 ? 1 : Math.cos(angle);
        const s = angle === 0 ? 0 : Math.sin(angle);
        phases[2 * o] = c;
        phases[2 * o + 1] = s;
        re += density[2 * to]! * c + density[2 * to + 1]! * s;
        im += density[2 * to + 1]! * c - density[2 * to]! * s;
      }
      re /= maps.length;
      im /= maps.length;
      for (let o = 0; o < maps.length; o++) {
        const to = members[o]!;
        if (to < 0) continue;
        isDone[to] = 1;
        out[2 * to] = re * phases[2 * o]! - im * phases[2 * o + 1]!;
        out[2 * to + 1] = re * phases[2 * o + 1]! + im * phases[2 * o]!;
      }
    }
    return out;
  };
}

/** The plane wave W^T m for the one at g, -1 where the sphere has none; W row by row. */
function rotatedPlace(
  triples: Int32Array,
  g: number,
  W: Int32Array,
  place: Int32Array,
  reach: Readonly<Vector3>,
): number {
  const m0 = triples[3 * g]!;
  const m1 = triples[3 * g + 1]!;
  const m2 = triples[3 * g + 2]!;
  const r0 = m0 * W[0]! + m1 * W[3]! + m2 * W[6]!;
  const r1 = m0 * W[1]! + m1 * W[4]! + m2 * W[7]!;
  const r2 = m0 * W[2]! + m1 * W[5]! + m2 * W[8]!;
  const l0 = reach[0];
  const l1 = reach[1];
  const l2 = reach[2];
  if (Math.abs(r0) > l0 || Math.abs(r1) > l1 || Math.abs(r2) > l2) return -1;
  return place[((r0 + l0) * (2 * l1 + 1) + r1 + l1) * (2 * l2 + 1) + r2 + l2]!;
}

/** The plane wave of each triple within reach, -1 where the sphere has none. */
function placesInBox(triples: Int32Array, [l0, l1, l2]: Readonly<Vector3>): Int32Array {
  const place = new Int32Array((2 * l0 + 1) * (2 * l1 + 1) * (2 * l2 + 1)).fill(-1);
  for (let g = 0; 3 * g < triples.length; g++) {
    const row = (triples[3 * g]! + l0) * (2 * l1 + 1) + triples[3 * g + 1]! + l1;
    place[row * (2 * l2 + 1) + triples[3 * g + 2]! + l2] = g;
  }
  return place;
}

/** Averages forces, Ha/bohr by atom, over symmetry operations: the force on an atom's image is the rotated force. */
export function symmetrizeForces(
  forces: readonly Vector3[],
  { lattice, positions, speciesOf }: { lattice: Lattice; positions: readonly Vector3[]; speciesOf: readonly number[] },
  operations: readonly GridOperation[],
): Vector3[] {
  const out = zeroVectors(forces.length);
  for (const operation of operations) {
    const rotation = cartesianRotation(operation, lattice);
    imagesOf(operation, { positions, speciesOf }).forEach((to, atom) => {
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++) out[to]![a]! += (rotation[a]![b]! * forces[atom]![b]!) / operations.length;
    });
  }
  return out;
}

/** 1/N sum_ops R t R^T. */
export function symmetrizeTensor(tensor: Tensor, lattice: Lattice, operations: readonly GridOperation[]): Tensor {
  const out = zeroTensor();
  for (const operation of operations) {
    const R = cartesianRotation(operation, lattice);
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++)
        for (let c = 0; c < 3; c++)
          for (let d = 0; d < 3; d++) out[a]![b]! += (R[a]![c]! * R[b]![d]! * tensor[c]![d]!) / operations.length;
  }
  return out;
}

/** W of x -> W x on fractional columns as the rotation of cartesian ones: R = A^T W A^-T, A the rows a_i, A^-1 = B^T/2 pi. */
export function cartesianRotation({ rotation }: GridOperation, { vectors, reciprocal }: Lattice): Tensor {
  const out = zeroTensor();
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++)
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++)
          out[a]![b]! += (vectors[i]![a]! * rotation[i]![j]! * reciprocal[j]![b]!) / (2 * Math.PI);
  return out;
}

/** The atom to which an operation carries each atom. */
export function imagesOf(
  { rotation, translation }: GridOperation,
  { positions, speciesOf }: { positions: readonly Vector3[]; speciesOf: readonly number[] },
): number[] {
  return positions.map((x, atom) => {
    const image = rotation.map((row, i) => row[0]! * x[0] + row[1]! * x[1] + row[2]! * x[2] + translation[i]!);
    return nearestAtom(image, positions, speciesOf, speciesOf[atom]!);
  });
}

function nearestAtom(
  image: readonly number[],
  positions: readonly Vector3[],
  speciesOf: readonly number[],
  species: number,
): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  positions.forEach((x, atom) => {
    if (speciesOf[atom] !== species) return;
    const distance = x.reduce((sum, c, i) => sum + (c - image[i]! - Math.round(c - image[i]!)) ** 2, 0);
    if (distance < least) [best, least] = [atom, distance];
  });
  return best;
}
