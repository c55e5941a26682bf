import type { Backend, FftPlan, SphereTransform } from '../backends/backend';
import type { PlaneWaves } from '../basis/plane-waves';
import { measure } from '../profile';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { createNonlocalTerm, type NonlocalTerm } from '../terms/nonlocal';

/** The Kohn-Sham Hamiltonian at one k: kinetic energy, a local potential on the grid, and the non-local pseudopotential. */
export interface Hamiltonian {
  waves: PlaneWaves;
  /** |k+G|^2/2, Ha. */
  kinetic: Float64Array;
  nonlocal: NonlocalTerm;
  sphere: SphereTransform;
  /** Counts orbitals to which H was applied. */
  applications: number;
  /** out := H psi for a block of orbitals. */
  apply(psi: Float64Array, bandCount: number, out: Float64Array): Promise<void>;
}

export function createHamiltonian(
  backend: Backend,
  plan: FftPlan,
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
  localPotential: () => Float64Array,
): Hamiltonian {
  const kinetic = waves.squares.map((square) => square / 2);
  const nonlocal = measure('projectors', () => createNonlocalTerm(backend, system, pseudopotentials, waves));
  const sphere = plan.sphere(waves.gridIndices);
  return {
    waves,
    kinetic,
    nonlocal,
    sphere,
    applications: 0,
    async apply(psi, bandCount, out) {
      this.applications += bandCount;
      measure('fft', () => sphere.applyPotential(localPotential(), psi, bandCount, out));
      for (let band = 0; band < bandCount; band++) {
        const start = 2 * band * waves.count;
        for (let g = 0; g < waves.count; g++) {
          out[start + 2 * g]! += kinetic[g]! * psi[start + 2 * g]!;
          out[start + 2 * g + 1]! += kinetic[g]! * psi[start + 2 * g + 1]!;
        }
      }
      await measure('projectors', () => nonlocal.apply(psi, bandCount, out));
    },
  };
}
