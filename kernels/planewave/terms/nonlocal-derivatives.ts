import type { Backend } from '../backends/backend';
import type { Vector3 } from '../basis/lattice';
import { type PlaneWaves, structureFactor } from '../basis/plane-waves';
import { realHarmonics, solidHarmonicGradients } from '../basis/spherical-harmonics';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { fillColumn, type NonlocalTerm } from './nonlocal';
import { addToDiagonal, type Tensor, zeroTensor, zeroVectors } from './tensor';

export interface OrbitalDerivatives {
  /** -dE/dR of every atom, Ha/bohr. */
  forces: Vector3[];
  /** dE/dstrain, Ha. */
  strain: Tensor;
}

/**
 * Derivatives of E = sum_n w_n sum_ij conj(b_i) D_ij b_j, b_i = <beta_i|psi_n>, at one k.
 * By an atom's place: db_i/dR_a = sum_G i G_a conj(beta_i(G)) psi(G). By strain, at fixed fractional coordinates: q_c -> q_c - strain_cd q_d,
 * so that d beta/dstrain_ab = -q_b dbeta/dq_a - delta_ab beta/2.
 * @param weights electrons of each orbital times the weight of k.
 */
export async function nonlocalDerivatives(
  backend: Backend,
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
  term: NonlocalTerm,
  psi: Float64Array,
  weights: Float64Array,
  wanted: { forces: boolean; strain: boolean },
): Promise<OrbitalDerivatives> {
  const forces = zeroVectors(system.positions.length);
  const strain = zeroTensor();
  if (term.count === 0) return { forces, strain };
  const bands = weights.length;
  const overlapWith = async (columns: Float64Array, orbitals: Float64Array) => {
    const overlaps = new Float64Array(2 * term.count * bands);
    await backend.gemm('C', 'N', term.count, bands, waves.count, columns, orbitals, overlaps);
    return overlaps;
  };
  const plain = await overlapWith(term.projectors, psi);
  const coupled = term.couple(plain, bands);
  // Re conj(x_p) y_p summed over orbitals with their weights, for projector p.
  const contract = (x: Float64Array, p: number) => {
    let sum = 0;
    for (let band = 0; band < bands; band++) {
      const at = 2 * (band * term.count + p);
      sum += weights[band]! * (x[at]! * coupled[at]! + x[at + 1]! * coupled[at + 1]!);
    }
    return sum;
  };
  if (wanted.forces) {
    for (let axis = 0; axis < 3; axis++) {
      const moved = await overlapWith(term.projectors, timesIq(waves, psi, bands, axis));
      for (let p = 0; p < term.count; p++) forces[term.atomOf[p]!]![axis]! -= 2 * contract(moved, p);
    }
  }
  if (wanted.strain) {
    const columns = new Float64Array(2 * waves.count * term.count);
    const phases = system.positions.map((position) => structureFactor(waves, position));
    for (let a = 0; a < 3; a++) {
      for (let b = a; b < 3; b++) {
        const forms = pseudopotentials.map((one) => strainForms(one, waves, system.lattice.volume, a, b));
        let column = 0;
        system.speciesOf.forEach((species, atom) => {
          for (const { l, real } of forms[species]!) fillColumn(columns, column++, real, { phase: phases[atom]!, l });
        });
        const strained = await overlapWith(columns, psi);
        let sum = 0;
        for (let p = 0; p < term.count; p++) sum += 2 * contract(strained, p);
        strain[a]![b] = sum;
        strain[b]![a] = sum;
      }
    }
    let energy = 0;
    for (let p = 0; p < term.count; p++) energy += contract(plain, p);
    addToDiagonal(strain, -energy);
  }
  return { forces, strain };
}

/** i q_axis psi(G), by k + G: the part of k is the same for all G and drops out of the real part. */
function timesIq(waves: PlaneWaves, psi: Float64Array, bands: number, axis: number): Float64Array {
  const out = new Float64Array(2 * waves.count * bands);
  for (let band = 0; band < bands; band++) {
    const start = 2 * band * waves.count;
    for (let g = 0; g < waves.count; g++) {
      const q = waves.vectors[3 * g + axis]!;
      out[start + 2 * g] = -q * psi[start + 2 * g + 1]!;
      out[start + 2 * g + 1] = q * psi[start + 2 * g]!;
    }
  }
  return out;
}

/** -q_b d(beta_i Y_lm)/dq_a over sqrt(volume), in the order of the projectors' columns. */
function strainForms(
  pseudopotential: Pseudopotential,
  waves: PlaneWaves,
  volume: number,
  a: number,
  b: number,
): { l: number; real: Float64Array }[] {
  const scale = 1 / Math.sqrt(volume);
  return pseudopotential.channels.flatMap(({ l, count, projector, projectorSlope }) => {
    const columns = Array.from({ length: (2 * l + 1) * count }, () => new Float64Array(waves.count));
    for (let g = 0; g < waves.count; g++) {
      const q = Math.sqrt(waves.squares[g]!);
      // At q = 0 the factor q_b vanishes and the derivative is finite.
      if (q < 1e-8) continue;
      const v = [waves.vectors[3 * g]!, waves.vectors[3 * g + 1]!, waves.vectors[3 * g + 2]!] as const;
      const harmonics = realHarmonics(l, ...v);
      const gradients = solidHarmonicGradients(l, ...v);
      for (let i = 0; i < count; i++) {
        const value = projector(i, q);
        const slope = projectorSlope(i, q);
        for (let m = 0; m < 2 * l + 1; m++) {
          // f Y_lm = (f/q^l) S_lm with the solid harmonic S: d/dq_a = (f' - l f/q) q_a/q Y + f/q^l dS/dq_a
          const derivative =
            (slope - (l * value) / q) * (v[a]! / q) * harmonics[m]! + (value / q ** l) * gradients[m]![a]!;
          columns[m * count + i]![g] = -v[b]! * derivative * scale;
        }
      }
    }
    return columns.map((real) => ({ l, real }));
  });
}
