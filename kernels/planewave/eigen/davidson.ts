import { measure } from '../profile';
import type { Operator } from './operator';
import { orthonormalize, type Products } from './orthonormalize';
import { precondition } from './preconditioner';
import { range, Subspace } from './subspace';
import { Workspace } from './workspace';

export interface EigenOptions {
  /** Residual norm |H psi - e psi| in Ha that the first `required` bands must reach. */
  tolerance: number;
  /** How many of the lowest bands must converge; the others only help. */
  required: number;
  maxIterations: number;
  /**
   * Residual norm in Ha that the lowest band beyond the required ones must reach as well. Where it started at random it holds a part of every
   * state, also of one that the symmetry of the start hid: it comes down to such a state before it settles.
   */
  guardTolerance?: number;
  signal?: AbortSignal;
  workspace?: Workspace;
}

export interface EigenResult {
  /** Ascending, Ha. */
  eigenvalues: Float64Array;
  /** Orthonormal orbitals, one a column. */
  orbitals: Float64Array;
  /** Residual norms, Ha. */
  residuals: Float64Array;
  converged: boolean;
  iterations: number;
}

/**
 * Lowest eigenpairs of the Hamiltonian by the block Davidson method (Davidson, J. Comput. Phys. 17, 87 (1975); block form
 * with restart as in Liu, LBL-8158 (1978)): the space of orbitals and preconditioned residuals is kept orthonormal, and
 * converged bands stop growing it.
 */
export async function solveDavidson(
  products: Products,
  H: Operator,
  start: Float64Array,
  bandCount: number,
  options: EigenOptions,
): Promise<EigenResult> {
  const { size } = H;
  const wanted = Math.min(bandCount, size);
  const capacity = Math.min(size, Math.max(3 * wanted, wanted + 12));
  const workspace = options.workspace ?? new Workspace();
  const space = new Subspace(products, H, capacity, wanted, workspace);
  const first = await measure('orthonormalisation', () =>
    orthonormalize(products, size, start.slice(0, 2 * size * wanted), wanted),
  );
  await space.start(first.columns, first.count);
  const R = workspace.take('R', 2 * size * wanted);
  let iterations = 0;
  const residuals = new Float64Array(wanted).fill(Number.POSITIVE_INFINITY);
  const settled = new Float64Array(wanted);
  for (;;) {
    options.signal?.throwIfAborted();
    const count = Math.min(wanted, space.count);
    const { values, vectors } = await measure('eigenproblems', () => products.eigh(space.count, space.projected()));
    // A band that has converged stays so while the space grows, and its residual is not computed again: unless a state that was
    // missing until now takes its place, which shows in the eigenvalue.
    for (let band = 0; band < count; band++)
      if (residuals[band]! <= options.tolerance && Math.abs(values[band]! - settled[band]!) > 2 * options.tolerance)
        residuals[band] = Number.POSITIVE_INFINITY;
    const candidates = range(count).filter((band) => residuals[band]! > options.tolerance);
    const { X, HX } = await space.ritz(vectors, candidates);
    const squares: number[] = [];
    candidates.forEach((band, j) => {
      const x = X.subarray(2 * size * j, 2 * size * (j + 1));
      const r = R.subarray(2 * size * squares.length, 2 * size * (squares.length + 1));
      residuals[band] = residualOf(r, HX.subarray(2 * size * j, 2 * size * (j + 1)), x, values[band]!);
      settled[band] = values[band]!;
      // The kinetic energies change much on the way of a random start, and the preconditioner lives by them.
      if (residuals[band]! > options.tolerance) squares.push(precondition(H.kinetic, kineticEnergy(H.kinetic, x), r));
    });
    const isGuarded = !(residuals[options.required]! > (options.guardTolerance ?? Number.POSITIVE_INFINITY));
    const isConverged =
      count === wanted &&
      isGuarded &&
      candidates.every((band) => band >= options.required || residuals[band]! <= options.tolerance);
    const isComplete = space.count >= size;
    let isRestarted = false;
    const finish = async (converged: boolean): Promise<EigenResult> => ({
      eigenvalues: values.slice(0, count),
      orbitals: await space.lowest(count, isRestarted ? null : vectors),
      residuals,
      converged,
      iterations,
    });
    if (isConverged || isComplete || iterations >= options.maxIterations) return finish(isConverged || isComplete);
    iterations++;
    if (space.count + squares.length > capacity) {
      await space.restart(values, vectors, count);
      isRestarted = true;
    }
    const room = Math.min(squares.length, capacity - space.count);
    const added = await space.extend(R, Float64Array.from(squares.slice(0, room)));
    // Rounding leaves nothing new to add: the space is as good as it gets.
    if (added === 0) return finish(false);
  }
}

/** r := H x - e x; returns its norm. */
function residualOf(r: Float64Array, hx: Float64Array, x: Float64Array, eigenvalue: number): number {
  let sum = 0;
  for (let i = 0; i < r.length; i++) {
    const value = hx[i]! - eigenvalue * x[i]!;
    r[i] = value;
    sum += value * value;
  }
  return Math.sqrt(sum);
}

/** <x|T|x>, Ha. */
function kineticEnergy(kinetic: Float64Array, x: Float64Array): number {
  let sum = 0;
  for (let g = 0; g < kinetic.length; g++) {
    const re = x[2 * g]!;
    const im = x[2 * g + 1]!;
    sum += kinetic[g]! * (re * re + im * im);
  }
  return sum;
}
