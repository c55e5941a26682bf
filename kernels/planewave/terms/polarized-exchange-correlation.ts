import type { Functional } from '../functionals/functional';

/** Adds f_n_s of the local part to the potentials of spin up and down; returns its energy density summed over the grid. */
export function addPolarizedLocal(
  _functional: Functional,
  _values: readonly Float64Array[],
  _potentials: Float64Array[],
): number {
  throw new Error('polarized functionals come next');
}

export function addPolarizedGradient(
  _functional: Functional,
  _values: readonly Float64Array[],
  _gradients: Float64Array[][],
  _potentials: Float64Array[],
): number {
  throw new Error('polarized functionals come next');
}
