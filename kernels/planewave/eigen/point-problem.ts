import type { Backend } from '../backends/backend';
import type { PlaneWaves } from '../basis/plane-waves';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import type { Hamiltonian } from './hamiltonian';
import type { Operator } from './operator';
import type { Products } from './orthonormalize';
import { createRealProblem } from './real-problem';
import type { Workspace } from './workspace';

/**
 * The eigenproblem at one k in the columns it is solved in: the orbitals themselves, or half of each where k and -k are the same point
 * and orbitals are real (half-sphere.ts). Orbitals that are kept, saved and looked at stand on the whole sphere always.
 */
export interface PointProblem extends Operator {
  products: Products;
  /** What the numbers of a column belong to. */
  waves: PlaneWaves;
  /** Coefficients of plane waves at `waves` become a column's. */
  weigh(columns: Float64Array): void;
  /** Takes out of a column what it cannot hold: to be called after noise. */
  admit(columns: Float64Array): void;
  /** Columns of orbitals that were solved for here. */
  restrict(orbitals: Float64Array): Float64Array;
  /** Columns that span what any orbitals span, as far as they can; those that matter least come last. */
  adopt(orbitals: Float64Array): Promise<Float64Array>;
  /** Orbitals on the whole sphere. */
  expand(columns: Float64Array): Float64Array;
  /** density(r) += sum_b weights[b] |psi_b(r)|^2 of orbitals that were solved for here. */
  accumulateDensity(orbitals: Float64Array, weights: Float64Array, density: Float64Array): void;
}

export interface PointOptions {
  backend: Backend;
  system: System;
  pseudopotentials: readonly Pseudopotential[];
  localPotential: () => Float64Array;
  workspace: Workspace;
}

export function createPointProblem(H: Hamiltonian, options: PointOptions): PointProblem {
  return createRealProblem(H, options) ?? createComplexProblem(H, options);
}

function createComplexProblem(H: Hamiltonian, { backend }: PointOptions): PointProblem {
  return {
    size: H.size,
    kinetic: H.kinetic,
    waves: H.waves,
    products: backend,
    get applications() {
      return H.applications;
    },
    apply: (psi, bandCount, out) => H.apply(psi, bandCount, out),
    weigh() {},
    admit() {},
    restrict: (orbitals) => orbitals,
    adopt: async (orbitals) => orbitals,
    expand: (columns) => columns,
    accumulateDensity: (orbitals, weights, density) =>
      H.sphere.accumulateDensity(orbitals, weights.length, weights, density),
  };
}
