import type { Op } from './backend';

/** Products of real matrices in row-major order, z[rows x columns]. */
export interface RealProducts {
  /** z = x y, x [rows x depth], y [depth x columns]. */
  multiply(rows: number, columns: number, depth: number, x: Float64Array, y: Float64Array): Promise<Float64Array>;
  /** z = x y^T, x [rows x depth], y [columns x depth]. */
  multiplyTransposed(
    rows: number,
    columns: number,
    depth: number,
    x: Float64Array,
    y: Float64Array,
  ): Promise<Float64Array>;
}

/**
 * Numbers in one intermediate matrix. A^H B is fastest while its pairs stay in the second-level cache (2 MiB); A B packs
 * A anew in each block, so its blocks are as large as memory allows (32 MiB).
 */
const CONJUGATE_BLOCK_NUMBERS = 2 ** 18;
const STRAIGHT_BLOCK_NUMBERS = 2 ** 22;

/** C := alpha op(A) op(B) + beta C through real products; shapes as in Backend.gemm. */
export async function multiplyByRealProducts(
  products: RealProducts,
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
): Promise<void> {
  const straightB = opB === 'N' ? B : conjugateTranspose(n, k, B);
  if (opA === 'N') await multiplyStraight(products, m, n, k, A, straightB, C, alpha, beta);
  else await multiplyConjugate(products, m, n, k, A, straightB, C, alpha, beta);
}

/**
 * A B. Columns of complex numbers are rows of pairs in row-major order, so A is already a real [k x 2m] matrix; times
 * the real and the imaginary parts of a column of B it gives two rows of pairs P and Q, and the column of C is P + i Q.
 */
async function multiplyStraight(
  products: RealProducts,
  m: number,
  n: number,
  k: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  alpha: number,
  beta: number,
): Promise<void> {
  const block = Math.max(4, Math.floor(STRAIGHT_BLOCK_NUMBERS / (4 * m)));
  for (let j = 0; j < n; j += block) {
    const columns = Math.min(block, n - j);
    const parts = new Float64Array(2 * columns * k);
    for (let i = 0, from = 2 * k * j; i < columns * k; i++, from += 2) {
      parts[i] = B[from]!;
      parts[columns * k + i] = B[from + 1]!;
    }
    const z = await products.multiply(2 * columns, 2 * m, k, parts, A.subarray(0, 2 * m * k));
    const half = 2 * m * columns;
    for (let i = 0, to = 2 * m * j; i < half; i += 2, to += 2) {
      put(C, to, alpha, z[i]! - z[half + i + 1]!, z[i + 1]! + z[half + i]!, beta);
    }
  }
}

/**
 * A^H B. With rows of pairs a and b, Re = a.b and Im = a'.b, where a' holds (-im, re) for each (re, im):
 * one real product of all b with the rows a and a' below each other.
 */
async function multiplyConjugate(
  products: RealProducts,
  m: number,
  n: number,
  k: number,
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  alpha: number,
  beta: number,
): Promise<void> {
  const block = Math.max(4, Math.floor(CONJUGATE_BLOCK_NUMBERS / (4 * k)));
  for (let i = 0; i < m; i += block) {
    const rows = Math.min(block, m - i);
    const length = 2 * k * rows;
    const pairs = new Float64Array(2 * length);
    pairs.set(A.subarray(2 * k * i, 2 * k * i + length));
    for (let p = 0; p < length; p += 2) {
      pairs[length + p] = -pairs[p + 1]!;
      pairs[length + p + 1] = pairs[p]!;
    }
    const z = await products.multiplyTransposed(n, 2 * rows, 2 * k, B.subarray(0, 2 * k * n), pairs);
    for (let j = 0; j < n; j++) {
      for (let r = 0; r < rows; r++) {
        const from = 2 * rows * j + r;
        put(C, 2 * (m * j + i + r), alpha, z[from]!, z[from + rows]!, beta);
      }
    }
  }
}

/** C[at] := alpha (re, im) + beta C[at]; beta = 0 overwrites whatever stood there, NaN included. */
function put(C: Float64Array, at: number, alpha: number, re: number, im: number, beta: number): void {
  C[at] = beta === 0 ? alpha * re : alpha * re + beta * C[at]!;
  C[at + 1] = beta === 0 ? alpha * im : alpha * im + beta * C[at + 1]!;
}

/** The k x n matrix of a stored n x k one. */
function conjugateTranspose(n: number, k: number, B: Float64Array): Float64Array {
  const result = new Float64Array(2 * n * k);
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < n; j++) {
      result[2 * (j * k + p)] = B[2 * (p * n + j)]!;
      result[2 * (j * k + p) + 1] = -B[2 * (p * n + j) + 1]!;
    }
  }
  return result;
}
