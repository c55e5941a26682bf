import type { Backend } from '../backends/backend';
import { measure } from '../profile';
import type { Hamiltonian } from './hamiltonian';
import { orthonormalize, orthonormalizeAgainst } from './orthonormalize';
import { precondition } from './preconditioner';

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
  backend: Backend,
  H: Hamiltonian,
  start: Float64Array,
  bandCount: number,
  options: EigenOptions,
): Promise<EigenResult> {
  const size = H.waves.count;
  const wanted = Math.min(bandCount, size);
  const capacity = Math.min(size, Math.max(3 * wanted, wanted + 12));
  const space = new Subspace(backend, size, capacity);
  const first = await measure('orthonormalisation', () =>
    orthonormalize(backend, size, start.slice(0, 2 * size * wanted), wanted),
  );
  await space.add(H, first.columns, first.count);
  let iterations = 0;
  const residuals = new Float64Array(wanted).fill(Number.POSITIVE_INFINITY);
  const settled = new Float64Array(wanted);
  for (;;) {
    options.signal?.throwIfAborted();
    const count = Math.min(wanted, space.count);
    const { values, vectors } = await measure('eigenproblems', () => backend.eigh(space.count, space.projected()));
    // A band that has converged stays so while the space grows, and its residual is not computed again: unless a state that was
    // missing until now takes its place, which shows in the eigenvalue.
    for (let band = 0; band < count; band++)
      if (residuals[band]! <= options.tolerance && Math.abs(values[band]! - settled[band]!) > 2 * options.tolerance)
        residuals[band] = Number.POSITIVE_INFINITY;
    const candidates = range(count).filter((band) => residuals[band]! > options.tolerance);
    const R = await measure('matrix products', () => space.residuals(values, vectors, candidates));
    candidates.forEach((band, j) => {
      residuals[band] = norm(R.subarray(2 * size * j, 2 * size * (j + 1)));
      settled[band] = values[band]!;
    });
    const open = candidates.filter((band) => residuals[band]! > options.tolerance);
    const isGuarded = !(residuals[options.required]! > (options.guardTolerance ?? Number.POSITIVE_INFINITY));
    const isConverged = count === wanted && isGuarded && open.every((band) => band >= options.required);
    const isComplete = space.count >= size;
    if (isConverged || isComplete || iterations >= options.maxIterations) {
      const orbitals = await measure('matrix products', () => space.combine(vectors, range(count)));
      return {
        eigenvalues: values.slice(0, count),
        orbitals,
        residuals,
        converged: isConverged || isComplete,
        iterations,
      };
    }
    iterations++;
    const kinetic = await measure('matrix products', () => space.kineticEnergies(H.kinetic, vectors, open));
    const W = new Float64Array(2 * size * open.length);
    open.forEach((band, j) => {
      const from = candidates.indexOf(band);
      const column = W.subarray(2 * size * j, 2 * size * (j + 1));
      column.set(R.subarray(2 * size * from, 2 * size * (from + 1)));
      precondition(H.kinetic, kinetic[j]!, column);
    });
    if (space.count + open.length > capacity)
      await measure('matrix products', () => space.restart(values, vectors, count));
    const next = await measure('orthonormalisation', () =>
      orthonormalizeAgainst(
        backend,
        size,
        space.basis(),
        space.count,
        W,
        Math.min(open.length, capacity - space.count),
      ),
    );
    if (next.count === 0) {
      // Rounding leaves nothing new to add: the space is as good as it gets.
      const orbitals = await measure('matrix products', () => space.combine(vectors, range(count)));
      return { eigenvalues: values.slice(0, count), orbitals, residuals, converged: false, iterations };
    }
    await space.add(H, next.columns, next.count);
  }
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** An orthonormal set V with H V and V^H H V. */
class Subspace {
  count = 0;
  private readonly V: Float64Array;
  private readonly HV: Float64Array;
  /** capacity x capacity, column-major, upper and lower. */
  private readonly T: Float64Array;

  constructor(
    private readonly backend: Backend,
    private readonly size: number,
    private readonly capacity: number,
  ) {
    this.V = new Float64Array(2 * size * capacity);
    this.HV = new Float64Array(2 * size * capacity);
    this.T = new Float64Array(2 * capacity * capacity);
  }

  basis(): Float64Array {
    return this.V.subarray(0, 2 * this.size * this.count);
  }

  async add(H: Hamiltonian, columns: Float64Array, count: number): Promise<void> {
    const { size, capacity } = this;
    const total = this.count + count;
    this.V.set(columns.subarray(0, 2 * size * count), 2 * size * this.count);
    const HW = this.HV.subarray(2 * size * this.count, 2 * size * total);
    await H.apply(this.V.subarray(2 * size * this.count, 2 * size * total), count, HW);
    const block = new Float64Array(2 * total * count);
    await measure('matrix products', () =>
      this.backend.gemm('C', 'N', total, count, size, this.V.subarray(0, 2 * size * total), HW, block),
    );
    for (let j = 0; j < count; j++) {
      const column = this.count + j;
      for (let i = 0; i < total; i++) {
        const re = block[2 * (j * total + i)]!;
        const im = block[2 * (j * total + i) + 1]!;
        this.T[2 * (column * capacity + i)] = re;
        this.T[2 * (column * capacity + i) + 1] = im;
        this.T[2 * (i * capacity + column)] = re;
        this.T[2 * (i * capacity + column) + 1] = -im;
      }
    }
    this.count = total;
  }

  projected(): Float64Array {
    const T = new Float64Array(2 * this.count * this.count);
    for (let j = 0; j < this.count; j++) {
      T.set(this.T.subarray(2 * j * this.capacity, 2 * (j * this.capacity + this.count)), 2 * j * this.count);
      T[2 * (j * this.count + j) + 1] = 0;
    }
    return T;
  }

  /** V y for chosen columns of the subspace's eigenvectors. */
  async combine(vectors: Float64Array, bands: number[]): Promise<Float64Array> {
    const out = new Float64Array(2 * this.size * bands.length);
    await this.backend.gemm(
      'N',
      'N',
      this.size,
      bands.length,
      this.count,
      this.basis(),
      this.select(vectors, bands),
      out,
    );
    return out;
  }

  /** H V y - e V y for chosen eigenpairs. */
  async residuals(values: Float64Array, vectors: Float64Array, bands: number[]): Promise<Float64Array> {
    const R = new Float64Array(2 * this.size * bands.length);
    const chosen = this.select(vectors, bands);
    await this.backend.gemm(
      'N',
      'N',
      this.size,
      bands.length,
      this.count,
      this.HV.subarray(0, 2 * this.size * this.count),
      chosen,
      R,
    );
    bands.forEach((band, j) => {
      for (let i = 0; i < 2 * this.count; i++) chosen[2 * this.count * j + i]! *= values[band]!;
    });
    await this.backend.gemm('N', 'N', this.size, bands.length, this.count, this.basis(), chosen, R, -1, 1);
    return R;
  }

  private select(vectors: Float64Array, bands: number[]): Float64Array {
    const chosen = new Float64Array(2 * this.count * bands.length);
    bands.forEach((band, j) => {
      chosen.set(vectors.subarray(2 * this.count * band, 2 * this.count * (band + 1)), 2 * this.count * j);
    });
    return chosen;
  }

  /** Of chosen Ritz vectors, Ha. They change much on the way of a random start, and the preconditioner lives by them. */
  async kineticEnergies(kinetic: Float64Array, vectors: Float64Array, bands: number[]): Promise<number[]> {
    const X = await this.combine(vectors, bands);
    return bands.map((_, j) => {
      let sum = 0;
      const start = 2 * j * this.size;
      for (let g = 0; g < this.size; g++) sum += kinetic[g]! * (X[start + 2 * g]! ** 2 + X[start + 2 * g + 1]! ** 2);
      return sum;
    });
  }

  /** Shrinks the space to its `count` lowest Ritz vectors. */
  async restart(values: Float64Array, vectors: Float64Array, count: number): Promise<void> {
    const X = await this.combine(vectors, range(count));
    const HX = new Float64Array(2 * this.size * count);
    await this.backend.gemm(
      'N',
      'N',
      this.size,
      count,
      this.count,
      this.HV.subarray(0, 2 * this.size * this.count),
      vectors.subarray(0, 2 * this.count * count),
      HX,
    );
    this.V.set(X);
    this.HV.set(HX);
    this.T.fill(0);
    for (let j = 0; j < count; j++) this.T[2 * (j * this.capacity + j)] = values[j]!;
    this.count = count;
  }
}

function norm(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i]! * column[i]!;
  return Math.sqrt(sum);
}
