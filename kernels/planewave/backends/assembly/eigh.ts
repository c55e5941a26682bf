/** Eigenvalues and eigenvectors of a Hermitian matrix: to tridiagonal form, solved there, and turned back. */
import { swap, times } from './complex';
import { solveTridiagonal } from './ql';
import { tridiagonalise } from './tridiagonal';

/** Bytes of scratch for an n x n matrix. */
export function eighScratchBytes(n: i32): i32 {
  return (n * n + (n & 1)) * 8 + n * (8 + 16 + 16) + 64;
}

/** A [n x n complex] is destroyed; values [n] ascending; vectors [n x n complex]. Returns false where QL does not converge. */
export function eigh(n: i32, A: usize, values: usize, vectors: usize, scratch: usize): bool {
  const taus = scratch;
  const w = taus + (<usize>n << 4);
  const offDiagonal = w + (<usize>n << 4);
  const Z = offDiagonal + (<usize>n << 3);
  tridiagonalise(n, A, values, offDiagonal, taus, w);
  if (!solveTridiagonal(n, values, offDiagonal, Z)) return false;
  sortAscending(n, values, Z);
  for (let j = 0; j < n; j++) {
    const vector = vectors + (<usize>(j * n) << 4);
    for (let i = 0; i < n; i++) {
      store<f64>(vector + (<usize>i << 4), load<f64>(Z + (<usize>(j * n + i) << 3)));
      store<f64>(vector + (<usize>i << 4), 0, 8);
    }
    for (let k = n - 2; k >= 0; k--) {
      const offset = <usize>(k + 1) << 4;
      reflect(n - k - 1, A + (<usize>(k * n) << 4) + offset, taus + (<usize>k << 4), vector + offset);
    }
  }
  return true;
}

/** x := (1 - tau v v^H) x. */
// @ts-ignore: decorator
@inline
function reflect(n: i32, v: usize, tau: usize, x: usize): void {
  let straight = f64x2.splat(0), crossed = f64x2.splat(0);
  for (let i = 0; i < n; i++) {
    const a = v128.load(v + (<usize>i << 4)), b = v128.load(x + (<usize>i << 4));
    straight = f64x2.add(straight, f64x2.mul(a, b));
    crossed = f64x2.add(crossed, f64x2.mul(a, swap(b)));
  }
  const re = f64x2.extract_lane(straight, 0) + f64x2.extract_lane(straight, 1);
  const im = f64x2.extract_lane(crossed, 0) - f64x2.extract_lane(crossed, 1);
  const tr = load<f64>(tau), ti = load<f64>(tau, 8);
  const fr = -(tr * re - ti * im), fi = -(tr * im + ti * re);
  const factorRe = f64x2.splat(fr), factorIm = f64x2.replace_lane(f64x2.splat(fi), 0, -fi);
  for (let i = 0; i < n; i++) {
    const at = x + (<usize>i << 4);
    v128.store(at, f64x2.add(v128.load(at), times(v128.load(v + (<usize>i << 4)), factorRe, factorIm)));
  }
}

/** Orders values and the columns of Z alike. */
function sortAscending(n: i32, values: usize, Z: usize): void {
  for (let i = 0; i < n - 1; i++) {
    let least = i;
    for (let j = i + 1; j < n; j++) {
      if (load<f64>(values + (<usize>j << 3)) < load<f64>(values + (<usize>least << 3))) least = j;
    }
    if (least == i) continue;
    exchange(values + (<usize>i << 3), values + (<usize>least << 3));
    for (let k = 0; k < n; k++) exchange(Z + (<usize>(i * n + k) << 3), Z + (<usize>(least * n + k) << 3));
  }
}

// @ts-ignore: decorator
@inline
function exchange(a: usize, b: usize): void {
  const kept = load<f64>(a);
  store<f64>(a, load<f64>(b));
  store<f64>(b, kept);
}
