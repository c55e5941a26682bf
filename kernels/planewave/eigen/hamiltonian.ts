import type { Backend, FftPlan, SphereTransform } from '../backends/backend';
import type { PlaneWaves } from '../basis/plane-waves';
import { measure } from '../profile';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { kineticEnergies } from '../terms/kinetic';
import { createNonlocalTerm, type NonlocalTerm } from '../terms/nonlocal';
import type { Operator } from './operator';

/** The Kohn-Sham Hamiltonian at one k: kinetic energy, a local potential on the grid, and the non-local pseudopotential. */
export interface Hamiltonian extends Operator {
  waves: PlaneWaves;
  nonlocal: NonlocalTerm;
  sphere: SphereTransform;
}

export function createHamiltonian(
  backend: Backend,
  plan: FftPlan,
  system: System,
  pseudopotentials: readonly Pseudopotential[],
  waves: PlaneWaves,
  localPotential: () => Float64Array,
): Hamiltonian {
  const kinetic = kineticEnergies(waves, system.kineticSmoothing);
  let nonlocal: NonlocalTerm | null = null;
  const sphere = plan.sphere(waves.gridIndices);
  return {
    waves,
    size: waves.count,
    kinetic,
    /** Made when it is first asked for: where orbitals are real the solver has its own. */
    get nonlocal() {
      nonlocal ??= measure('projectors', () => createNonlocalTerm(backend, system, pseudopotentials, waves));
      return nonlocal;
    },
    sphere,
    applications: 0,
    async apply(psi, bandCount, out) {
      this.applications += bandCount;
      measure('fft', () => sphere.applyPotential(localPotential(), psi, bandCount, out));
      addKinetic(kinetic, psi, bandCount, out);
      await measure('projectors', () => this.nonlocal.apply(psi, bandCount, out));
    },
  };
}

/** out += T psi */
export function addKinetic(kinetic: Float64Array, psi: Float64Array, bandCount: number, out: Float64Array): void {
  const { length } = kinetic;
  for (let band = 0; band < bandCount; band++) {
    const start = 2 * band * length;
    for (let g = 0; g < length; g++) {
      const energy = kinetic[g]!;
      out[start + 2 * g]! += energy * psi[start + 2 * g]!;
      out[start + 2 * g + 1]! += energy * psi[start + 2 * g + 1]!;
    }
  }
}
