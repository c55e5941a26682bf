/**
 * C += alpha op(A) op(B) for complex column-major matrices by three real products instead of four (N. Higham, SIAM J. Matrix
 * Anal. Appl. 13, 681 (1992); as stable as the usual form with respect to norms):
 * S = Re A Re B, T = Im A Im B, U = (Re A + Im A)(Re B + Im B); Re C += S - T, Im C += U - S - T.
 */
import { BLOCK_DEPTH, BLOCK_ROWS, TILE_COLUMNS, TILE_ROWS, addProduct, packColumns, packRows } from './real-product';

/** Bytes of scratch for products with n columns. */
export function gemmScratchBytes(n: i32): i32 {
  return 3 * 8 * BLOCK_DEPTH * (BLOCK_ROWS + TILE_ROWS + n + TILE_COLUMNS);
}

/** Leading dimensions count complex numbers; conjA, conjB choose the conjugate transpose of what is stored. */
export function gemm(
  conjA: bool, conjB: bool, m: i32, n: i32, k: i32, alpha: f64,
  A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32, scratch: usize,
): void {
  const partA: usize = BLOCK_DEPTH * (BLOCK_ROWS + TILE_ROWS) * 8;
  const partB = <usize>(BLOCK_DEPTH * (n + TILE_COLUMNS)) << 3;
  const packedA = scratch, packedB = scratch + 3 * partA;
  for (let p = 0; p < k; p += BLOCK_DEPTH) {
    const depth = min(BLOCK_DEPTH, k - p);
    packColumns(conjB, depth, n, at(B, p, 0, ldb, conjB), ldb, packedB, partB);
    for (let i = 0; i < m; i += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, m - i);
      packRows(conjA, rows, depth, at(A, i, p, lda, conjA), lda, packedA, partA);
      const c = at(C, i, 0, ldc, false);
      addProduct(rows, n, depth, packedA, packedB, c, ldc, alpha, -alpha);
      addProduct(rows, n, depth, packedA + partA, packedB + partB, c, ldc, -alpha, -alpha);
      addProduct(rows, n, depth, packedA + 2 * partA, packedB + 2 * partB, c, ldc, 0, alpha);
    }
  }
}

// @ts-ignore: decorator
@inline
function at(matrix: usize, row: i32, column: i32, leading: i32, isTransposed: bool): usize {
  if (isTransposed) return matrix + ((<usize>column + <usize>row * <usize>leading) << 4);
  return matrix + ((<usize>row + <usize>column * <usize>leading) << 4);
}
