import type { GridOperation } from '../basis/fft-grid';
import type { Lattice, Vector3 } from '../basis/lattice';
import type { PlaneWaves } from '../basis/plane-waves';
import { type Tensor, zeroTensor, zeroVectors } from '../terms/tensor';

/** Averages a density over symmetry operations. */
export type Symmetrizer = (density: Float64Array) => Float64Array;

/**
 * n_s(x) = 1/N sum_ops n(W x + w) in reciprocal space: n_s(W^T m) += n(m) exp(2 pi i m.w)/N, with the operations that
 * were used to reduce the k-points, no more and no less.
 */
export function createSymmetrizer(waves: PlaneWaves, operations: readonly GridOperation[]): Symmetrizer {
  if (operations.length <= 1) return (density) => density;
  const place = new Map<string, number>();
  for (let g = 0; g < waves.count; g++) place.set(keyOf(waves.triples, g), g);
  const maps = operations.map(({ rotation, translation }) => {
    const to = new Int32Array(waves.count);
    const phase = new Float64Array(2 * waves.count);
    for (let g = 0; g < waves.count; g++) {
      const m = [waves.triples[3 * g]!, waves.triples[3 * g + 1]!, waves.triples[3 * g + 2]!];
      const rotated = [0, 1, 2].map(
        (j) => m[0]! * rotation[0]![j]! + m[1]! * rotation[1]![j]! + m[2]! * rotation[2]![j]!,
      );
      to[g] = place.get(rotated.join()) ?? -1;
      const angle = 2 * Math.PI * (m[0]! * translation[0]! + m[1]! * translation[1]! + m[2]! * translation[2]!);
      phase[2 * g] = Math.cos(angle) / operations.length;
      phase[2 * g + 1] = Math.sin(angle) / operations.length;
    }
    return { to, phase };
  });
  return (density) => {
    const out = new Float64Array(density.length);
    for (const { to, phase } of maps) {
      for (let g = 0; g < waves.count; g++) {
        const at = 2 * to[g]!;
        if (at < 0) continue;
        const re = density[2 * g]!;
        const im = density[2 * g + 1]!;
        out[at]! += re * phase[2 * g]! - im * phase[2 * g + 1]!;
        out[at + 1]! += re * phase[2 * g + 1]! + im * phase[2 * g]!;
      }
    }
    return out;
  };
}

function keyOf(triples: Int32Array, g: number): string {
  return `${triples[3 * g]},${triples[3 * g + 1]},${triples[3 * g + 2]}`;
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
