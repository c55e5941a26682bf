import { choleskyComplex, inverseConjugateTranspose } from '../../core/dense';
import type { Backend } from '../backends/backend';

/** What the functions here need of a back end; real orbitals have their own products. */
export type Products = Pick<Backend, 'gemm' | 'eigh'>;

/**
 * Makes the columns of X (size x count) orthonormal by Cholesky factors of their overlap; near-dependent sets go through
 * the overlap's eigenvectors, so that columns may be lost.
 * @returns the orthonormal columns and how many they are.
 */
export async function orthonormalize(
  products: Products,
  size: number,
  X: Float64Array,
  count: number,
): Promise<{ columns: Float64Array; count: number }> {
  normalizeColumns(size, X, count);
  const overlap = new Float64Array(2 * count * count);
  await products.gemm('C', 'N', count, count, size, X, X, overlap);
  const L = choleskyComplex(count, overlap, 1e-10);
  if (L) {
    const columns = new Float64Array(2 * size * count);
    await products.gemm('N', 'N', size, count, count, X, inverseConjugateTranspose(count, L), columns);
    return { columns, count };
  }
  const { values, vectors } = await products.eigh(count, overlap);
  const kept = values.findIndex((value) => value > 1e-8 * values[count - 1]!);
  const transform = vectors.slice(2 * kept * count);
  for (let j = 0; j < count - kept; j++) {
    const scale = 1 / Math.sqrt(values[kept + j]!);
    for (let i = 0; i < 2 * count; i++) transform[2 * count * j + i]! *= scale;
  }
  const columns = new Float64Array(2 * size * (count - kept));
  await products.gemm('N', 'N', size, count - kept, count, X, transform, columns);
  // The eigenvectors of an ill-conditioned overlap leave errors of 1e-8: a second pass removes them.
  return orthonormalize(products, size, columns, count - kept);
}

/** A column that keeps less than this share of its length has lost as much of its precision, and is projected once more. */
const LEAST_SHARE = 0.05;

/**
 * Orthonormal columns that span what W adds to the orthonormal columns of V, written to W. Where cancellation has left little of a
 * column a second pass removes what it left behind of V: twice is enough (Giraud et al., Comput. Math. Appl. 50, 1069 (2005)).
 * @param squares squared norms of the columns of W as they come.
 * @returns how many they are.
 */
export async function orthonormalizeAgainst(
  products: Products,
  size: number,
  V: Float64Array,
  vCount: number,
  W: Float64Array,
  squares: Float64Array,
): Promise<number> {
  const wCount = squares.length;
  await projectOut(products, size, V, vCount, W, wCount);
  const overlap = new Float64Array(2 * wCount * wCount);
  await products.gemm('C', 'N', wCount, wCount, size, W, W, overlap);
  const scales = squares.map((_, j) => 1 / Math.sqrt(overlap[2 * (j * wCount + j)]!));
  const isLong = squares.every((square, j) => scales[j]! ** -2 > LEAST_SHARE ** 2 * square);
  const L = isLong ? choleskyComplex(wCount, scaled(overlap, scales), LEAST_SHARE ** 2) : null;
  if (L) {
    const transform = inverseConjugateTranspose(wCount, L);
    for (let j = 0; j < wCount; j++) {
      for (let i = 0; i < wCount; i++) {
        transform[2 * (j * wCount + i)]! *= scales[i]!;
        transform[2 * (j * wCount + i) + 1]! *= scales[i]!;
      }
    }
    await products.gemm('N', 'N', size, wCount, wCount, W.slice(0, 2 * size * wCount), transform, W);
    return wCount;
  }
  const first = await orthonormalize(products, size, W.subarray(0, 2 * size * wCount), wCount);
  if (first.count === 0) return 0;
  await projectOut(products, size, V, vCount, first.columns, first.count);
  const second = await orthonormalize(products, size, first.columns, first.count);
  W.set(second.columns);
  return second.count;
}

/** W := W - V V^H W */
async function projectOut(
  products: Products,
  size: number,
  V: Float64Array,
  vCount: number,
  W: Float64Array,
  wCount: number,
): Promise<void> {
  const overlap = new Float64Array(2 * vCount * wCount);
  await products.gemm('C', 'N', vCount, wCount, size, V, W, overlap);
  await products.gemm('N', 'N', size, wCount, vCount, V, overlap, W, -1, 1);
}

/** The overlap of the columns made unit vectors. */
function scaled(overlap: Float64Array, scales: Float64Array): Float64Array {
  const n = scales.length;
  return overlap.map((value, at) => value * scales[(at >> 1) % n]! * scales[Math.floor((at >> 1) / n)]!);
}

function normalizeColumns(size: number, X: Float64Array, count: number): void {
  for (let j = 0; j < count; j++) {
    const column = X.subarray(2 * size * j, 2 * size * (j + 1));
    let square = 0;
    for (let i = 0; i < column.length; i++) square += column[i]! * column[i]!;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < column.length; i++) column[i]! *= scale;
  }
}
