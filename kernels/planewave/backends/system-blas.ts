import { KernelError } from '../../core/errors';
import type { Op } from './backend';

/** cblas_zgemm and LAPACK's zheevd as they are called through the foreign function interface; arrays stand for pointers. */
export interface LapackFunctions {
  gemm(
    order: number,
    opA: number,
    opB: number,
    m: number,
    n: number,
    k: number,
    alpha: Float64Array,
    A: Float64Array,
    lda: number,
    B: Float64Array,
    ldb: number,
    beta: Float64Array,
    C: Float64Array,
    ldc: number,
  ): void;
  heevd(
    job: string,
    triangle: string,
    n: Int32Array,
    A: Float64Array,
    lda: Int32Array,
    values: Float64Array,
    work: Float64Array,
    workLength: Int32Array,
    realWork: Float64Array,
    realWorkLength: Int32Array,
    integerWork: Int32Array,
    integerWorkLength: Int32Array,
    info: Int32Array,
    jobLength: number,
    triangleLength: number,
  ): void;
}

const COLUMN_MAJOR = 102;
const BLAS_OP = { N: 111, C: 113 } as const satisfies Record<Op, number>;

/** C := alpha op(A) op(B) + beta C; shapes as in Backend.gemm. */
export function multiplyWithBlas(
  lapack: LapackFunctions,
  opA: Op,
  opB: Op,
  m: number,
  n: number,
  k: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  alpha: number,
  beta: number,
): void {
  if (m === 0 || n === 0) return;
  lapack.gemm(
    COLUMN_MAJOR,
    BLAS_OP[opA],
    BLAS_OP[opB],
    m,
    n,
    k,
    Float64Array.of(alpha, 0),
    A,
    Math.max(1, opA === 'N' ? m : k),
    B,
    Math.max(1, opB === 'N' ? k : n),
    Float64Array.of(beta, 0),
    C,
    m,
  );
}

/** All eigenvalues and eigenvectors by divide and conquer. */
export function diagonaliseWithLapack(lapack: LapackFunctions, n: number, A: Float64Array) {
  const vectors = A.slice(0, 2 * n * n);
  const values = new Float64Array(n);
  if (n === 0) return { values, vectors };
  // LAPACK does not promise to return when given NaN.
  const allFinite = vectors.every(Number.isFinite);
  // Workspace by the formulas of zheevd's documentation, with room for blocks of 64.
  const work = new Float64Array(2 * (2 * n + n * n + 64 * n));
  const realWork = new Float64Array(1 + 5 * n + 2 * n * n);
  const integerWork = new Int32Array(3 + 5 * n);
  const info = new Int32Array(1);
  const order = Int32Array.of(n);
  if (allFinite) {
    lapack.heevd(
      'V',
      'L',
      order,
      vectors,
      order,
      values,
      work,
      Int32Array.of(work.length / 2),
      realWork,
      Int32Array.of(realWork.length),
      integerWork,
      Int32Array.of(integerWork.length),
      info,
      1,
      1,
    );
  }
  if (!allFinite || info[0] !== 0) {
    throw new KernelError(
      'EIGH_FAILED',
      `The ${n} x ${n} Hermitian eigenproblem did not converge; is a number in it not finite?`,
      { n },
    );
  }
  return { values, vectors };
}
