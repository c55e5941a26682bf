import { erfc } from '../../core/special-functions';
import { combine, dot, type Lattice, type Vector3 } from '../basis/lattice';
import { addToDiagonal, addToTensor, type Tensor, zeroTensor, zeroVectors } from './tensor';

export interface Ewald {
  energyHartree: number;
  /** -dE/dR of every charge, Ha/bohr. */
  forces: Vector3[];
  /** dE/dstrain at fixed fractional positions, Ha. */
  strain: Tensor;
}

/**
 * Electrostatic energy of point charges in a uniform background that makes the cell neutral (Ewald, Ann. Phys. 369, 253 (1921)), with its
 * derivatives:
 * E = 1/2 sum' Z_i Z_j erfc(h r)/r + 2 pi/V sum' |S(G)|^2 e^(-G^2/4h^2)/G^2 - h/sqrt(pi) sum Z^2 - pi Q^2/(2 V h^2), Ha.
 * @param positions fractional
 */
export function ewald(lattice: Lattice, positions: readonly Vector3[], charges: readonly number[]): Ewald {
  const eta = Math.sqrt(Math.PI) / Math.cbrt(lattice.volume);
  const total = charges.reduce((sum, z) => sum + z, 0);
  const result: Ewald = { energyHartree: 0, forces: zeroVectors(charges.length), strain: zeroTensor() };
  addRealSpace(result, lattice, positions, charges, { eta });
  addReciprocalSpace(result, lattice, positions, charges, eta);
  result.energyHartree -= (eta / Math.sqrt(Math.PI)) * charges.reduce((sum, z) => sum + z * z, 0);
  const background = (Math.PI * total * total) / (2 * lattice.volume * eta * eta);
  result.energyHartree -= background;
  addToDiagonal(result.strain, background);
  return result;
}

/** erfc(6.5) and exp(-6.5^2) are below 1e-19. */
export const ENOUGH = 6.5;

/** The screened pairs, 1/2 sum' Z_i Z_j erfc(h r)/r; of a layer only with images in its plane. */
export function addRealSpace(
  result: Ewald,
  lattice: Lattice,
  positions: readonly Vector3[],
  charges: readonly number[],
  { eta, isLayer = false }: { eta: number; isLayer?: boolean },
): void {
  const cutoff = ENOUGH / eta;
  const shells = reach(lattice.reciprocal, cutoff);
  const last = isLayer ? 0 : shells[2] + 1;
  for (let i = 0; i < charges.length; i++) {
    for (let j = 0; j <= i; j++) {
      const offset = [0, 1, 2].map((axis) => wrap(positions[i]![axis]! - positions[j]![axis]!)) as Vector3;
      const product = (i === j ? 0.5 : 1) * charges[i]! * charges[j]!;
      for (let n0 = -shells[0] - 1; n0 <= shells[0] + 1; n0++) {
        for (let n1 = -shells[1] - 1; n1 <= shells[1] + 1; n1++) {
          for (let n2 = -last; n2 <= last; n2++) {
            const r = combine(lattice.vectors, [n0 + offset[0], n1 + offset[1], n2 + offset[2]]);
            const square = dot(r, r);
            if (square < 1e-20 || square > cutoff * cutoff) continue;
            const distance = Math.sqrt(square);
            const screened = (product * erfc(eta * distance)) / distance;
            // (dE/dr)/r
            const slope =
              -(screened + ((2 * eta * product) / Math.sqrt(Math.PI)) * Math.exp(-eta * eta * square)) / square;
            result.energyHartree += screened;
            addToTensor(result.strain, r, slope);
            if (i === j) continue;
            for (let axis = 0; axis < 3; axis++) {
              result.forces[i]![axis]! -= slope * r[axis]!;
              result.forces[j]![axis]! += slope * r[axis]!;
            }
          }
        }
      }
    }
  }
}

function addReciprocalSpace(
  result: Ewald,
  lattice: Lattice,
  positions: readonly Vector3[],
  charges: readonly number[],
  eta: number,
): void {
  const cutoff = 2 * eta * ENOUGH;
  const waves = reach(lattice.vectors, cutoff);
  const cosines = new Float64Array(charges.length);
  const sines = new Float64Array(charges.length);
  for (let m0 = 0; m0 <= waves[0]; m0++) {
    for (let m1 = -waves[1]; m1 <= waves[1]; m1++) {
      for (let m2 = -waves[2]; m2 <= waves[2]; m2++) {
        const G = combine(lattice.reciprocal, [m0, m1, m2]);
        const square = dot(G, G);
        if (square < 1e-12 || square > cutoff * cutoff) continue;
        let re = 0;
        let im = 0;
        for (let i = 0; i < charges.length; i++) {
          const x = positions[i]!;
          const phase = 2 * Math.PI * (m0 * x[0] + m1 * x[1] + m2 * x[2]);
          cosines[i] = Math.cos(phase);
          sines[i] = Math.sin(phase);
          re += charges[i]! * cosines[i]!;
          im += charges[i]! * sines[i]!;
        }
        // G and -G give the same: the half with m0 > 0 stands for both.
        const both = m0 > 0 ? 2 : 1;
        const factor = (both * 2 * Math.PI * Math.exp(-square / (4 * eta * eta))) / (lattice.volume * square);
        const term = factor * (re * re + im * im);
        result.energyHartree += term;
        addToDiagonal(result.strain, -term);
        addToTensor(result.strain, G, 2 * term * (1 / square + 1 / (4 * eta * eta)));
        for (let i = 0; i < charges.length; i++) {
          const pull = 2 * factor * charges[i]! * (re * sines[i]! - im * cosines[i]!);
          for (let axis = 0; axis < 3; axis++) result.forces[i]![axis]! += pull * G[axis]!;
        }
      }
    }
  }
}

/** How many cells along each axis a sphere of this radius can touch: radius |b_i|/2 pi for the lattice whose duals are b. */
export function reach(dual: Lattice['vectors'], radius: number): Vector3 {
  return dual.map((b) => Math.ceil((radius * Math.sqrt(dot(b, b))) / (2 * Math.PI))) as Vector3;
}

/** To (-1/2, 1/2]. */
export function wrap(x: number): number {
  return x - Math.ceil(x - 0.5);
}
