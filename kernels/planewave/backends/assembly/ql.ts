/**
 * Eigenvalues and eigenvectors of a real symmetric tridiagonal matrix by the implicit QL method with Wilkinson's shift
 * (G. Golub and C. Van Loan, Matrix Computations, section 8.3.5). diagonal [n] becomes the eigenvalues, in no order,
 * and column j of Z [n x n] the eigenvector of diagonal[j]; offDiagonal [n] is destroyed. Returns false after 60 n sweeps.
 */
export function solveTridiagonal(n: i32, diagonal: usize, offDiagonal: usize, Z: usize): bool {
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) store<f64>(Z + (<usize>(j * n + i) << 3), i == j ? 1 : 0);
  }
  store<f64>(offDiagonal + (<usize>(n - 1) << 3), 0);
  let sweepsLeft = 60 * n;
  for (let l = 0; l < n; l++) {
    for (let end = blockEnd(n, l, diagonal, offDiagonal); end != l; end = blockEnd(n, l, diagonal, offDiagonal)) {
      if (sweepsLeft-- == 0) return false;
      sweep(n, l, end, diagonal, offDiagonal, Z);
    }
  }
  return true;
}

/** The last row of the unreduced block that begins at l. */
function blockEnd(n: i32, l: i32, diagonal: usize, offDiagonal: usize): i32 {
  let m = l;
  for (; m < n - 1; m++) {
    const neighbours = abs(load<f64>(diagonal + (<usize>m << 3))) + abs(load<f64>(diagonal + (<usize>m << 3), 8));
    if (abs(load<f64>(offDiagonal + (<usize>m << 3))) <= f64.EPSILON * neighbours) break;
    // Denormal remains would never fall below a zero neighbourhood.
    if (abs(load<f64>(offDiagonal + (<usize>m << 3))) < 1e-300) break;
  }
  return m;
}

/** One QL sweep with implicit shift over the block l .. end. */
function sweep(n: i32, l: i32, end: i32, diagonal: usize, offDiagonal: usize, Z: usize): void {
  const first = load<f64>(diagonal + (<usize>l << 3)), e = load<f64>(offDiagonal + (<usize>l << 3));
  const half = (load<f64>(diagonal + (<usize>l << 3), 8) - first) / (2 * e);
  const root = hypotenuse(half, 1);
  let g = load<f64>(diagonal + (<usize>end << 3)) - first + e / (half + (half >= 0 ? root : -root));
  let sine: f64 = 1, cosine: f64 = 1, p: f64 = 0;
  for (let i = end - 1; i >= l; i--) {
    const d = diagonal + (<usize>i << 3), off = offDiagonal + (<usize>i << 3);
    const f = sine * load<f64>(off), b = cosine * load<f64>(off);
    const r = hypotenuse(f, g);
    store<f64>(off, r, 8);
    if (r == 0) {
      // The bulge has vanished: the block splits here and the sweep is over.
      store<f64>(d, load<f64>(d, 8) - p, 8);
      store<f64>(offDiagonal + (<usize>end << 3), 0);
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = load<f64>(d, 8) - p;
    const t = (load<f64>(d) - g) * sine + 2 * cosine * b;
    p = sine * t;
    store<f64>(d, g + p, 8);
    g = cosine * t - b;
    rotate(n, Z + (<usize>(i * n) << 3), sine, cosine);
  }
  store<f64>(diagonal + (<usize>l << 3), first - p);
  store<f64>(offDiagonal + (<usize>l << 3), g);
  store<f64>(offDiagonal + (<usize>end << 3), 0);
}

/** Turns the neighbouring columns x, y of length n: (x, y) := (c x - s y, s x + c y). */
// @ts-ignore: decorator
@inline
function rotate(n: i32, x: usize, sine: f64, cosine: f64): void {
  const s = f64x2.splat(sine), c = f64x2.splat(cosine);
  let y = x + (<usize>n << 3);
  const pairsEnd = x + (<usize>(n & ~1) << 3);
  for (; x < pairsEnd; x += 16, y += 16) {
    const a = v128.load(x), b = v128.load(y);
    v128.store(y, f64x2.add(f64x2.mul(s, a), f64x2.mul(c, b)));
    v128.store(x, f64x2.sub(f64x2.mul(c, a), f64x2.mul(s, b)));
  }
  if (n & 1) {
    const a = load<f64>(x), b = load<f64>(y);
    store<f64>(y, sine * a + cosine * b);
    store<f64>(x, cosine * a - sine * b);
  }
}

// @ts-ignore: decorator
@inline
function hypotenuse(a: f64, b: f64): f64 {
  const large = max(abs(a), abs(b)), small = min(abs(a), abs(b));
  if (large == 0) return 0;
  const ratio = small / large;
  return large * sqrt(1 + ratio * ratio);
}
