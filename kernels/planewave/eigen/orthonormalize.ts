import { choleskyComplex, inverseConjugateTranspose } from '../../core/dense';
import type { Backend } from '../backends/backend';

/**
 * Makes the columns of X (size x count) orthonormal by Cholesky factors of their overlap; near-dependent sets go through
 * the overlap's eigenvectors, so that columns may be lost.
 * @returns the orthonormal columns and how many they are.
 */
export async function orthonormalize(
  backend: Backend,
  size: number,
  X: Float64Array,
  count: number,
): Promise<{ columns: Float64Array; count: number }> {
  normalizeColumns(size, X, count);
  const overlap = new Float64Array(2 * count * count);
  await backend.gemm('C', 'N', count, count, size, X, X, overlap);
  const L = choleskyComplex(count, overlap, 1e-10);
  if (L) {
    const columns = new Float64Array(2 * size * count);
    await backend.gemm('N', 'N', size, count, count, X, inverseConjugateTranspose(count, L), columns);
    return { columns, count };
  }
  const { values, vectors } = await backend.eigh(count, overlap);
  const kept = values.findIndex((value) => value > 1e-8 * values[count - 1]!);
  const transform = vectors.slice(2 * kept * count);
  for (let j = 0; j < count - kept; j++) {
    const scale = 1 / Math.sqrt(values[kept + j]!);
    for (let i = 0; i < 2 * count; i++) transform[2 * count * j + i]! *= scale;
  }
  const columns = new Float64Array(2 * size * (count - kept));
  await backend.gemm('N', 'N', size, count - kept, count, X, transform, columns);
  // The eigenvectors of an ill-conditioned overlap leave errors of 1e-8: a second pass removes them.
  return orthonormalize(backend, size, columns, count - kept);
}

/**
 * Orthonormal columns that span what W adds to the orthonormal columns of V. What cancellation leaves behind of V after the
 * first pass is removed by a second: twice is enough (Giraud et al., Comput. Math. Appl. 50, 1069 (2005)).
 */
export async function orthonormalizeAgainst(
  backend: Backend,
  size: number,
  V: Float64Array,
  vCount: number,
  W: Float64Array,
  wCount: number,
): Promise<{ columns: Float64Array; count: number }> {
  normalizeColumns(size, W, wCount);
  await projectOut(backend, size, V, vCount, W, wCount);
  const first = await orthonormalize(backend, size, W, wCount);
  if (first.count === 0) return first;
  await projectOut(backend, size, V, vCount, first.columns, first.count);
  return orthonormalize(backend, size, first.columns, first.count);
}

/** W := W - V V^H W */
async function projectOut(
  backend: Backend,
  size: number,
  V: Float64Array,
  vCount: number,
  W: Float64Array,
  wCount: number,
): Promise<void> {
  const overlap = new Float64Array(2 * vCount * wCount);
  await backend.gemm('C', 'N', vCount, wCount, size, V, W, overlap);
  await backend.gemm('N', 'N', size, wCount, vCount, V, overlap, W, -1, 1);
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
