import { erfc } from '../../core/special-functions';
import { combine, dot, type Lattice, type Vector3 } from '../basis/lattice';

/**
 * Electrostatic energy of point charges in a uniform background that makes the cell neutral (Ewald, Ann. Phys. 369, 253 (1921)):
 * E = 1/2 sum' Z_i Z_j erfc(h r)/r + 2 pi/V sum' |S(G)|^2 e^(-G^2/4h^2)/G^2 - h/sqrt(pi) sum Z^2 - pi Q^2/(2 V h^2), Ha.
 * @param positions fractional
 */
export function ewaldEnergy(lattice: Lattice, positions: readonly Vector3[], charges: readonly number[]): number {
  const { volume } = lattice;
  const eta = Math.sqrt(Math.PI) / Math.cbrt(volume);
  // erfc(6.5) and exp(-6.5^2) are below 1e-19.
  const realCutoff = 6.5 / eta;
  const reciprocalCutoff = 2 * eta * 6.5;
  const total = charges.reduce((sum, z) => sum + z, 0);
  let energy = 0;
  const shells = reach(lattice.reciprocal, realCutoff);
  for (let n0 = -shells[0] - 1; n0 <= shells[0] + 1; n0++) {
    for (let n1 = -shells[1] - 1; n1 <= shells[1] + 1; n1++) {
      for (let n2 = -shells[2] - 1; n2 <= shells[2] + 1; n2++) {
        positions.forEach((a, i) => {
          positions.forEach((b, j) => {
            if (j > i) return;
            const offset = [0, 1, 2].map((axis) => wrap(a[axis]! - b[axis]!)) as Vector3;
            const r = combine(lattice.vectors, [n0 + offset[0], n1 + offset[1], n2 + offset[2]]);
            const distance = Math.sqrt(dot(r, r));
            if (distance < 1e-10 || distance > realCutoff) return;
            energy += ((i === j ? 0.5 : 1) * charges[i]! * charges[j]! * erfc(eta * distance)) / distance;
          });
        });
      }
    }
  }
  const waves = reach(lattice.vectors, reciprocalCutoff);
  for (let m0 = -waves[0]; m0 <= waves[0]; m0++) {
    for (let m1 = -waves[1]; m1 <= waves[1]; m1++) {
      for (let m2 = -waves[2]; m2 <= waves[2]; m2++) {
        const G = combine(lattice.reciprocal, [m0, m1, m2]);
        const square = dot(G, G);
        if (square < 1e-12 || square > reciprocalCutoff ** 2) continue;
        let re = 0;
        let im = 0;
        positions.forEach((x, i) => {
          const phase = 2 * Math.PI * (m0 * x[0] + m1 * x[1] + m2 * x[2]);
          re += charges[i]! * Math.cos(phase);
          im += charges[i]! * Math.sin(phase);
        });
        energy += (((2 * Math.PI) / volume) * (re * re + im * im) * Math.exp(-square / (4 * eta * eta))) / square;
      }
    }
  }
  energy -= (eta / Math.sqrt(Math.PI)) * charges.reduce((sum, z) => sum + z * z, 0);
  return energy - (Math.PI * total * total) / (2 * volume * eta * eta);
}

/** How many cells along each axis a sphere of this radius can touch: radius |b_i|/2 pi for the lattice whose duals are b. */
function reach(dual: Lattice['vectors'], radius: number): Vector3 {
  return dual.map((b) => Math.ceil((radius * Math.sqrt(dot(b, b))) / (2 * Math.PI))) as Vector3;
}

/** To (-1/2, 1/2]. */
function wrap(x: number): number {
  return x - Math.ceil(x - 0.5);
}
