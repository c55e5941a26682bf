/**
 * The numerical machinery that the plane-wave engine stands on. Three implementations answer to this one
 * interface and pass the same tests: `wasm` (portable), `npm` (wasm, products by onnxruntime), `system` (OpenBLAS and FFTW).
 *
 * Complex data are interleaved pairs (re, im) in a Float64Array. Matrices are column-major, as in BLAS:
 * column j of an m x n matrix starts at 2*m*j, so that a set of orbitals is a matrix with one orbital a column.
 */
export interface Backend {
  readonly id: BackendId;
  /** What stands behind it, for the report: versions and libraries. */
  readonly description: string;
  /** Plans transforms on the grid n[0] x n[1] x n[2], index (i0*n[1] + i1)*n[2] + i2; each n factors in 2, 3, 5 (others are refused). */
  planFft(n: readonly [number, number, number]): FftPlan;
  /**
   * C := alpha * op(A) op(B) + beta * C, complex. op is 'N' (as is) or 'C' (conjugate transpose);
   * op(A) is m x k, op(B) k x n, C m x n; leading dimensions are the row counts of A, B and C as stored.
   * alpha and beta are real.
   */
  gemm(
    opA: Op,
    opB: Op,
    m: number,
    n: number,
    k: number,
    A: Float64Array,
    B: Float64Array,
    C: Float64Array,
    alpha?: number,
    beta?: number,
  ): Promise<void>;
  /**
   * Eigenvalues (ascending) and orthonormal eigenvectors of the Hermitian n x n matrix A (both triangles given).
   * Returns values [n] and vectors, column-major n x n complex. A is not changed.
   */
  eigh(n: number, A: Float64Array): Promise<{ values: Float64Array; vectors: Float64Array }>;
  /** Frees memory held outside JavaScript. */
  dispose(): void;
}

export type BackendId = 'wasm' | 'npm' | 'system';
export type Op = 'N' | 'C';

export interface FftPlan {
  readonly n: readonly [number, number, number];
  /** data(G) := sum_r data(r) exp(-i G r), in place, not scaled; data has 2*n0*n1*n2 numbers. */
  forward(data: Float64Array): void;
  /** data(r) := sum_G data(G) exp(+i G r), in place, not scaled. */
  inverse(data: Float64Array): void;
  /** A transform restricted to the plane waves at these grid indices (flattened index of each coefficient). */
  sphere(indices: Int32Array): SphereTransform;
}

/** Transforms of orbitals given on a sphere of plane waves; empty columns and planes of the grid are skipped. */
export interface SphereTransform {
  readonly size: number;
  /**
   * out_b(G) := (1/N) FFT[ V(r) FFT^-1[psi_b] ](G) for G on the sphere; psi and out are size x bandCount, V is real on the grid.
   * A potential is read when it is new: its array must keep its values while it is used.
   */
  applyPotential(potential: Float64Array, psi: Float64Array, bandCount: number, out: Float64Array): void;
  /** density(r) += sum_b weights[b] |FFT^-1[psi_b](r)|^2, not scaled. */
  accumulateDensity(psi: Float64Array, bandCount: number, weights: Float64Array, density: Float64Array): void;
  /** out(r) := FFT^-1[psi](r), one orbital (complex, whole grid). */
  toGrid(psi: Float64Array, out: Float64Array): void;
  /** out(G) := FFT[grid](G) on the sphere, not scaled; grid is destroyed. */
  fromGrid(grid: Float64Array, out: Float64Array): void;
}
