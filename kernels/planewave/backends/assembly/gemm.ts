/**
 * C += alpha op(A) op(B) for complex column-major matrices, after K. Goto and R. van de Geijn, ACM Trans. Math. Softw. 34, 12 (2008):
 * blocks of op(A) and op(B) are packed so that the innermost loop reads both in order and keeps a 2 x 4 tile of C in registers.
 * In a packed panel of A the real parts of the two rows share a vector, and so do the imaginary parts; no lane is ever
 * exchanged in the loop.
 */
const ROWS: i32 = 2;
const COLUMNS: i32 = 4;
/** Block of A that stays in the second-level cache: 64 rows by 256 complex numbers, 256 KiB. */
const BLOCK_ROWS: i32 = 64;
const BLOCK_DEPTH: i32 = 256;

/** Bytes of scratch for products with n columns. */
export function gemmScratchBytes(n: i32): i32 {
  return (BLOCK_ROWS * BLOCK_DEPTH + BLOCK_DEPTH * (n + COLUMNS) + ROWS * COLUMNS) * 16;
}

/** Leading dimensions count complex numbers; conjA, conjB choose the conjugate transpose of what is stored. */
export function gemm(
  conjA: bool, conjB: bool, m: i32, n: i32, k: i32, alpha: f64,
  A: usize, lda: i32, B: usize, ldb: i32, C: usize, ldc: i32, scratch: usize,
): void {
  const tile = scratch;
  const packedA = tile + ROWS * COLUMNS * 16;
  const packedB = packedA + BLOCK_ROWS * BLOCK_DEPTH * 16;
  for (let p = 0; p < k; p += BLOCK_DEPTH) {
    const depth = min(BLOCK_DEPTH, k - p);
    packB(conjB, depth, n, conjB ? at(B, 0, p, ldb) : at(B, p, 0, ldb), ldb, packedB);
    for (let i = 0; i < m; i += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, m - i);
      packA(conjA, rows, depth, conjA ? at(A, p, i, lda) : at(A, i, p, lda), lda, packedA);
      multiplyBlock(rows, n, depth, alpha, packedA, packedB, at(C, i, 0, ldc), ldc, tile);
    }
  }
}

// @ts-ignore: decorator
@inline
function at(matrix: usize, row: i32, column: i32, leading: i32): usize {
  return matrix + ((<usize>row + <usize>column * <usize>leading) << 4);
}

function multiplyBlock(m: i32, n: i32, depth: i32, alpha: f64, packedA: usize, packedB: usize, C: usize, ldc: i32, tile: usize): void {
  for (let j = 0; j < n; j += COLUMNS) {
    const panelB = packedB + (<usize>(j * depth) << 4);
    for (let i = 0; i < m; i += ROWS) {
      const panelA = packedA + (<usize>(i * depth) << 4);
      if (i + ROWS <= m && j + COLUMNS <= n) {
        multiplyTile(depth, alpha, panelA, panelB, at(C, i, j, ldc), <usize>ldc << 4);
        continue;
      }
      for (let z = 0; z < ROWS * COLUMNS; z++) v128.store(tile + (<usize>z << 4), f64x2.splat(0));
      multiplyTile(depth, alpha, panelA, panelB, tile, ROWS << 4);
      for (let jj = 0; jj < min(COLUMNS, n - j); jj++) {
        for (let ii = 0; ii < min(ROWS, m - i); ii++) {
          const c = at(C, i + ii, j + jj, ldc);
          v128.store(c, f64x2.add(v128.load(c), v128.load(at(tile, ii, jj, ROWS))));
        }
      }
    }
  }
}

/** The 2 x 4 tile at c (column stride in bytes) += alpha * panel of A times panel of B. */
// @ts-ignore: decorator
@inline
function multiplyTile(depth: i32, alpha: f64, a: usize, b: usize, c: usize, stride: usize): void {
  const zero = f64x2.splat(0);
  let re0 = zero, re1 = zero, re2 = zero, re3 = zero;
  let im0 = zero, im1 = zero, im2 = zero, im3 = zero;
  const end = a + (<usize>depth << 5);
  while (a < end) {
    const ar = v128.load(a), ai = v128.load(a, 16);
    let br = v128.load64_splat(b), bi = v128.load64_splat(b, 8);
    re0 = f64x2.sub(f64x2.add(re0, f64x2.mul(ar, br)), f64x2.mul(ai, bi));
    im0 = f64x2.add(f64x2.add(im0, f64x2.mul(ar, bi)), f64x2.mul(ai, br));
    br = v128.load64_splat(b, 16);
    bi = v128.load64_splat(b, 24);
    re1 = f64x2.sub(f64x2.add(re1, f64x2.mul(ar, br)), f64x2.mul(ai, bi));
    im1 = f64x2.add(f64x2.add(im1, f64x2.mul(ar, bi)), f64x2.mul(ai, br));
    br = v128.load64_splat(b, 32);
    bi = v128.load64_splat(b, 40);
    re2 = f64x2.sub(f64x2.add(re2, f64x2.mul(ar, br)), f64x2.mul(ai, bi));
    im2 = f64x2.add(f64x2.add(im2, f64x2.mul(ar, bi)), f64x2.mul(ai, br));
    br = v128.load64_splat(b, 48);
    bi = v128.load64_splat(b, 56);
    re3 = f64x2.sub(f64x2.add(re3, f64x2.mul(ar, br)), f64x2.mul(ai, bi));
    im3 = f64x2.add(f64x2.add(im3, f64x2.mul(ar, bi)), f64x2.mul(ai, br));
    a += 32;
    b += 64;
  }
  addColumn(c, re0, im0, alpha);
  addColumn(c + stride, re1, im1, alpha);
  addColumn(c + 2 * stride, re2, im2, alpha);
  addColumn(c + 3 * stride, re3, im3, alpha);
}

// @ts-ignore: decorator
@inline
function addColumn(c: usize, re: v128, im: v128, alpha: f64): void {
  const factor = f64x2.splat(alpha);
  v128.store(c, f64x2.add(v128.load(c), f64x2.mul(factor, v128.shuffle<f64>(re, im, 0, 2))));
  v128.store(c, f64x2.add(v128.load(c, 16), f64x2.mul(factor, v128.shuffle<f64>(re, im, 1, 3))), 16);
}

/** Panels of two rows of op(A); an absent row is zero. */
function packA(conj: bool, m: i32, depth: i32, A: usize, lda: i32, to: usize): void {
  const zero = f64x2.splat(0);
  const sign = f64x2.splat(conj ? -1 : 1);
  const rowStep = conj ? <usize>lda << 4 : 16;
  const depthStep = conj ? 16 : <usize>lda << 4;
  for (let i = 0; i < m; i += ROWS) {
    const isPair = i + 1 < m;
    let from = A + <usize>i * rowStep;
    for (let p = 0; p < depth; p++) {
      const first = v128.load(from);
      const second = isPair ? v128.load(from + rowStep) : zero;
      v128.store(to, v128.shuffle<f64>(first, second, 0, 2));
      v128.store(to, f64x2.mul(sign, v128.shuffle<f64>(first, second, 1, 3)), 16);
      from += depthStep;
      to += 32;
    }
  }
}

/** Panels of four columns of op(B); absent columns are zero. */
function packB(conj: bool, depth: i32, n: i32, B: usize, ldb: i32, to: usize): void {
  const zero = f64x2.splat(0);
  const sign = f64x2.replace_lane(f64x2.splat(1), 1, conj ? -1 : 1);
  const columnStep = conj ? 16 : <usize>ldb << 4;
  const depthStep = conj ? <usize>ldb << 4 : 16;
  for (let j = 0; j < n; j += COLUMNS) {
    const columns = min(COLUMNS, n - j);
    let from = B + <usize>j * columnStep;
    for (let p = 0; p < depth; p++) {
      for (let jj = 0; jj < COLUMNS; jj++) {
        v128.store(to, jj < columns ? f64x2.mul(sign, v128.load(from + <usize>jj * columnStep)) : zero);
        to += 16;
      }
      from += depthStep;
    }
  }
}
