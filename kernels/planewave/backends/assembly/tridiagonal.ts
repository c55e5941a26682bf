/**
 * Hermitian A (lower triangle used, destroyed) to real tridiagonal T = Q^H A Q by Householder reflections
 * H = 1 - tau v v^H, v_0 = 1 (G. Golub and C. Van Loan, Matrix Computations, section 8.3). Reflector k is kept in column k of A
 * below the diagonal, its tau at taus[k]; Q = H_0 H_1 ... H_{n-2}.
 */
import { swap, times } from './complex';

/** diagonal [n], offDiagonal [n] (the last is unused), taus [n] complex, w [n] complex scratch. */
export function tridiagonalise(n: i32, A: usize, diagonal: usize, offDiagonal: usize, taus: usize, w: usize): void {
  for (let k = 0; k < n - 1; k++) {
    const rest = n - k - 1;
    const v = A + (<usize>(k * n + k + 1) << 4);
    const tau = taus + (<usize>k << 4);
    store<f64>(diagonal + (<usize>k << 3), load<f64>(v - 16));
    store<f64>(offDiagonal + (<usize>k << 3), makeReflector(rest, v, tau));
    if (load<f64>(tau) != 0 || load<f64>(tau, 8) != 0) reflectBothSides(rest, v, tau, A + (<usize>((k + 1) * n + k + 1) << 4), n, w);
  }
  store<f64>(diagonal + (<usize>(n - 1) << 3), load<f64>(A + (<usize>(n * n - 1) << 4)));
}

/** Replaces x by v with v_0 = 1 so that H^H x = beta e_0 with beta real; returns beta. tau = 0 where x is that already. */
function makeReflector(n: i32, x: usize, tau: usize): f64 {
  const re = load<f64>(x), im = load<f64>(x, 8);
  // The largest entry is divided out: squares of very small or large numbers would be lost.
  let scale = max(abs(re), abs(im));
  let tail: f64 = 0;
  for (let i = 1; i < n; i++) tail = max(tail, max(abs(load<f64>(x + (<usize>i << 4))), abs(load<f64>(x + (<usize>i << 4), 8))));
  scale = max(scale, tail);
  if (tail == 0 && im == 0) {
    v128.store(tau, f64x2.splat(0));
    v128.store(x, f64x2.replace_lane(f64x2.splat(0), 0, 1));
    return re;
  }
  let sum: f64 = 0;
  for (let i = 0; i < 2 * n; i++) {
    const part = load<f64>(x + (<usize>i << 3)) / scale;
    sum += part * part;
  }
  const norm = scale * sqrt(sum);
  const beta = re > 0 ? -norm : norm;
  store<f64>(tau, (beta - re) / beta);
  store<f64>(tau, -im / beta, 8);
  // v = x / (alpha - beta)
  const dr = (re - beta) / scale, di = im / scale, size = (dr * dr + di * di) * scale;
  const fr = f64x2.splat(dr / size), fi = f64x2.replace_lane(f64x2.splat(-di / size), 0, di / size);
  for (let i = 1; i < n; i++) v128.store(x + (<usize>i << 4), times(v128.load(x + (<usize>i << 4)), fr, fi));
  v128.store(x, f64x2.replace_lane(f64x2.splat(0), 0, 1));
  return beta;
}

/** A := H^H A H on the lower triangle, as A - v w^H - w v^H with w = tau A v - (1/2) tau (tau A v)^H v v. */
function reflectBothSides(n: i32, v: usize, tau: usize, A: usize, lda: i32, w: usize): void {
  multiplyHermitian(n, A, lda, v, w);
  const tr = load<f64>(tau), ti = load<f64>(tau, 8);
  let dotRe: f64 = 0, dotIm: f64 = 0;
  for (let i = 0; i < n; i++) {
    const at = w + (<usize>i << 4), other = v + (<usize>i << 4);
    const scaled = times(v128.load(at), f64x2.splat(tr), f64x2.replace_lane(f64x2.splat(ti), 0, -ti));
    v128.store(at, scaled);
    const wr = load<f64>(at), wi = load<f64>(at, 8), vr = load<f64>(other), vi = load<f64>(other, 8);
    dotRe += wr * vr + wi * vi;
    dotIm += wr * vi - wi * vr;
  }
  const fr = -0.5 * (tr * dotRe - ti * dotIm), fi = -0.5 * (tr * dotIm + ti * dotRe);
  const factorRe = f64x2.splat(fr), factorIm = f64x2.replace_lane(f64x2.splat(fi), 0, -fi);
  for (let i = 0; i < n; i++) {
    const at = w + (<usize>i << 4);
    v128.store(at, f64x2.add(v128.load(at), times(v128.load(v + (<usize>i << 4)), factorRe, factorIm)));
  }
  subtractRankTwo(n, v, w, A, lda);
}

/** w := A v from the lower triangle, each column read once. */
function multiplyHermitian(n: i32, A: usize, lda: i32, v: usize, w: usize): void {
  for (let i = 0; i < n; i++) v128.store(w + (<usize>i << 4), f64x2.splat(0));
  for (let j = 0; j < n; j++) {
    const column = A + (<usize>(j * lda) << 4), offset = <usize>j << 4;
    const vr = v128.load64_splat(v + offset), vi = f64x2.mul(v128.load64_splat(v + offset, 8), f64x2.replace_lane(f64x2.splat(1), 0, -1));
    let straight = f64x2.splat(0), crossed = f64x2.splat(0);
    for (let i = j + 1; i < n; i++) {
      const at = <usize>i << 4;
      const a = v128.load(column + at), x = v128.load(v + at);
      v128.store(w + at, f64x2.add(v128.load(w + at), times(a, vr, vi)));
      straight = f64x2.add(straight, f64x2.mul(a, x));
      crossed = f64x2.add(crossed, f64x2.mul(a, swap(x)));
    }
    const diagonal = load<f64>(column + offset);
    const re = f64x2.extract_lane(straight, 0) + f64x2.extract_lane(straight, 1);
    const im = f64x2.extract_lane(crossed, 0) - f64x2.extract_lane(crossed, 1);
    store<f64>(w + offset, load<f64>(w + offset) + diagonal * load<f64>(v + offset) + re);
    store<f64>(w + offset, load<f64>(w + offset, 8) + diagonal * load<f64>(v + offset, 8) + im, 8);
  }
}

/** A -= v w^H + w v^H on the lower triangle. */
function subtractRankTwo(n: i32, v: usize, w: usize, A: usize, lda: i32): void {
  const sign = f64x2.replace_lane(f64x2.splat(-1), 0, 1);
  for (let j = 0; j < n; j++) {
    const column = A + (<usize>(j * lda) << 4), offset = <usize>j << 4;
    const wr = v128.load64_splat(w + offset), wi = f64x2.mul(v128.load64_splat(w + offset, 8), sign);
    const vr = v128.load64_splat(v + offset), vi = f64x2.mul(v128.load64_splat(v + offset, 8), sign);
    for (let i = j; i < n; i++) {
      const at = <usize>i << 4;
      const change = f64x2.add(times(v128.load(v + at), wr, wi), times(v128.load(w + at), vr, vi));
      v128.store(column + at, f64x2.sub(v128.load(column + at), change));
    }
    store<f64>(column + offset, 0, 8);
  }
}
