/**
 * Products of real matrices in packed panels, after K. Goto and R. van de Geijn, ACM Trans. Math. Softw. 34, 12 (2008): panels of
 * both factors are read in order, and an 8 x 2 tile of the result stays in registers. Packing splits a complex matrix
 * into three real ones: real parts, imaginary parts and their sums.
 */
export const TILE_ROWS: i32 = 8;
export const TILE_COLUMNS: i32 = 2;
/** Block of the left factor that stays in the second-level cache: three times 64 x 256 numbers, 384 KiB. */
export const BLOCK_ROWS: i32 = 64;
export const BLOCK_DEPTH: i32 = 256;

/** The complex C += (re, im) times the real product of an m x depth and a depth x n matrix in panels. */
export function addProduct(m: i32, n: i32, depth: i32, packedA: usize, packedB: usize, C: usize, ldc: i32, re: f64, im: f64): void {
  const factor = f64x2.replace_lane(f64x2.splat(re), 1, im);
  for (let j = 0; j < n; j += TILE_COLUMNS) {
    const panelB = packedB + (<usize>(j * depth) << 3);
    const first = C + (<usize>(j * ldc) << 4);
    const second = j + 1 < n ? first + (<usize>ldc << 4) : 0;
    for (let i = 0; i < m; i += TILE_ROWS) {
      const row = <usize>i << 4;
      addTile(depth, packedA + (<usize>(i * depth) << 3), panelB, first + row, second ? second + row : 0, min(TILE_ROWS, m - i), factor);
    }
  }
}

/** One tile: its first column at c, its second at d (absent where d is 0), `rows` of eight rows wanted. */
// @ts-ignore: decorator
@inline
function addTile(depth: i32, a: usize, b: usize, c: usize, d: usize, rows: i32, factor: v128): void {
  const zero = f64x2.splat(0);
  let c0 = zero, c1 = zero, c2 = zero, c3 = zero;
  let d0 = zero, d1 = zero, d2 = zero, d3 = zero;
  const end = a + (<usize>depth << 6);
  while (a < end) {
    const a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32), a3 = v128.load(a, 48);
    const b0 = v128.load64_splat(b);
    c0 = f64x2.add(c0, f64x2.mul(a0, b0));
    c1 = f64x2.add(c1, f64x2.mul(a1, b0));
    c2 = f64x2.add(c2, f64x2.mul(a2, b0));
    c3 = f64x2.add(c3, f64x2.mul(a3, b0));
    const b1 = v128.load64_splat(b, 8);
    d0 = f64x2.add(d0, f64x2.mul(a0, b1));
    d1 = f64x2.add(d1, f64x2.mul(a1, b1));
    d2 = f64x2.add(d2, f64x2.mul(a2, b1));
    d3 = f64x2.add(d3, f64x2.mul(a3, b1));
    a += 64;
    b += 16;
  }
  addPair(c, c0, rows, factor);
  addPair(c + 32, c1, rows - 2, factor);
  addPair(c + 64, c2, rows - 4, factor);
  addPair(c + 96, c3, rows - 6, factor);
  if (!d) return;
  addPair(d, d0, rows, factor);
  addPair(d + 32, d1, rows - 2, factor);
  addPair(d + 64, d2, rows - 4, factor);
  addPair(d + 96, d3, rows - 6, factor);
}

/** Adds two real numbers, times the complex factor, to as many of two neighbours as there are. */
// @ts-ignore: decorator
@inline
function addPair(c: usize, pair: v128, rows: i32, factor: v128): void {
  if (rows > 0) v128.store(c, f64x2.add(v128.load(c), f64x2.mul(factor, v128.shuffle<f64>(pair, pair, 0, 0))));
  if (rows > 1) v128.store(c, f64x2.add(v128.load(c, 16), f64x2.mul(factor, v128.shuffle<f64>(pair, pair, 1, 1))), 16);
}

/** Panels of eight rows of op(A); absent rows are zero. The three real matrices stand `part` bytes apart. */
export function packRows(conj: bool, m: i32, depth: i32, A: usize, lda: i32, to: usize, part: usize): void {
  const zero = f64x2.splat(0), sign = f64x2.splat(conj ? -1 : 1);
  const rowStep: usize = conj ? <usize>lda << 4 : 16;
  const depthStep: usize = conj ? 16 : <usize>lda << 4;
  for (let i = 0; i < m; i += TILE_ROWS) {
    for (let r = 0; r < TILE_ROWS; r += 2) {
      const rows = m - i - r;
      let from = A + <usize>(i + r) * rowStep;
      let target = to + (<usize>r << 3);
      for (let p = 0; p < depth; p++) {
        const first = rows > 0 ? v128.load(from) : zero;
        const second = rows > 1 ? v128.load(from + rowStep) : zero;
        const re = v128.shuffle<f64>(first, second, 0, 2);
        const im = f64x2.mul(sign, v128.shuffle<f64>(first, second, 1, 3));
        v128.store(target, re);
        v128.store(target + part, im);
        v128.store(target + 2 * part, f64x2.add(re, im));
        from += depthStep;
        target += TILE_ROWS * 8;
      }
    }
    to += <usize>depth * (TILE_ROWS * 8);
  }
}

/** Panels of two columns of op(B); an absent column is zero. */
export function packColumns(conj: bool, depth: i32, n: i32, B: usize, ldb: i32, to: usize, part: usize): void {
  const zero = f64x2.splat(0), sign = f64x2.splat(conj ? -1 : 1);
  const columnStep: usize = conj ? 16 : <usize>ldb << 4;
  const depthStep: usize = conj ? <usize>ldb << 4 : 16;
  for (let j = 0; j < n; j += TILE_COLUMNS) {
    let from = B + <usize>j * columnStep;
    for (let p = 0; p < depth; p++) {
      const first = v128.load(from);
      const second = j + 1 < n ? v128.load(from + columnStep) : zero;
      const re = v128.shuffle<f64>(first, second, 0, 2);
      const im = f64x2.mul(sign, v128.shuffle<f64>(first, second, 1, 3));
      v128.store(to, re);
      v128.store(to + part, im);
      v128.store(to + 2 * part, f64x2.add(re, im));
      from += depthStep;
      to += TILE_COLUMNS * 8;
    }
  }
}
