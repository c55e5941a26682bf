import type { PseudoAtom } from './atom/solve-pseudo-atom';
import { radialTransforms } from './atomic-orbital';

/**
 * Kinetic energy of the pseudo-atom beyond each plane-wave cutoff: sum_i f_i int_{q > sqrt(2 E)} (q^2/2) |R_i(q)|^2 q^2 dq/(2 pi)^3,
 * Ha (R_i(q) carries its 4 pi, so that int |R_i(q)|^2 q^2 dq = (2 pi)^3 for a normalised orbital).
 * @returns the tail for every cutoff in `cutoffsHartree`.
 */
export function kineticTails(atom: PseudoAtom, cutoffsHartree: readonly number[]): number[] {
  const step = 0.02;
  const largest = Math.sqrt(2 * Math.max(...cutoffsHartree)) + 12;
  const count = Math.ceil(largest / step);
  const squares = Float64Array.from({ length: count }, (_, i) => ((i + 0.5) * step) ** 2);
  const density = new Float64Array(count);
  for (const orbital of atom.orbitals) {
    radialTransforms(orbital, squares).forEach((value, i) => {
      density[i]! += orbital.electrons * value * value;
    });
  }
  const beyond = new Float64Array(count + 1);
  for (let i = count - 1; i >= 0; i--) {
    const square = squares[i]!;
    beyond[i] = beyond[i + 1]! + ((square * square) / 2) * density[i]! * step * (1 / (2 * Math.PI) ** 3);
  }
  return cutoffsHartree.map((cutoff) => beyond[Math.min(count, Math.round(Math.sqrt(2 * cutoff) / step))]!);
}
