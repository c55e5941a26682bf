/**
 * Butterflies of radix 2, 3, 4, 5, 6, 8 and 9 on `count` neighbouring complex numbers: input r stands xRadix bytes after input r-1,
 * output r yRadix bytes after output r-1. `turn` is (-s, s) for exp(s i ...): swap(z) * turn is s i z.
 * Output r is multiplied by twiddle r, stored at `twiddles` from r = 1 as (re, re, -im, im); 0 stands for all ones.
 */
import { swap, times } from './complex';

const SIN_60: f64 = 0.86602540378443864676;

// @ts-ignore: decorator
@inline
function store(y: usize, z: v128, twiddles: usize, r: i32): void {
  if (twiddles) z = times(z, v128.load(twiddles + ((r - 1) << 5)), v128.load(twiddles + ((r - 1) << 5), 16));
  v128.store(y, z);
}

// @ts-ignore: decorator
@inline
export function butterfly2(x: usize, xRadix: usize, y: usize, yRadix: usize, count: i32, twiddles: usize): void {
  for (let i = 0; i < count; i++) {
    const a = v128.load(x), b = v128.load(x + xRadix);
    v128.store(y, f64x2.add(a, b));
    store(y + yRadix, f64x2.sub(a, b), twiddles, 1);
    x += 16;
    y += 16;
  }
}

// @ts-ignore: decorator
@inline
export function butterfly3(x: usize, xRadix: usize, y: usize, yRadix: usize, count: i32, twiddles: usize, turn: v128): void {
  const sine = f64x2.mul(turn, f64x2.splat(SIN_60));
  for (let i = 0; i < count; i++) {
    const a = v128.load(x), b = v128.load(x + xRadix), c = v128.load(x + 2 * xRadix);
    const sum = f64x2.add(b, c);
    const half = f64x2.sub(a, f64x2.mul(sum, f64x2.splat(0.5)));
    const side = f64x2.mul(swap(f64x2.sub(b, c)), sine);
    v128.store(y, f64x2.add(a, sum));
    store(y + yRadix, f64x2.add(half, side), twiddles, 1);
    store(y + 2 * yRadix, f64x2.sub(half, side), twiddles, 2);
    x += 16;
    y += 16;
  }
}

// @ts-ignore: decorator
@inline
export function butterfly4(x: usize, xRadix: usize, y: usize, yRadix: usize, count: i32, twiddles: usize, turn: v128): void {
  for (let i = 0; i < count; i++) {
    const a = v128.load(x), b = v128.load(x + xRadix), c = v128.load(x + 2 * xRadix), d = v128.load(x + 3 * xRadix);
    const evenSum = f64x2.add(a, c), evenDifference = f64x2.sub(a, c);
    const oddSum = f64x2.add(b, d), oddTurned = f64x2.mul(swap(f64x2.sub(b, d)), turn);
    v128.store(y, f64x2.add(evenSum, oddSum));
    store(y + yRadix, f64x2.add(evenDifference, oddTurned), twiddles, 1);
    store(y + 2 * yRadix, f64x2.sub(evenSum, oddSum), twiddles, 2);
    store(y + 3 * yRadix, f64x2.sub(evenDifference, oddTurned), twiddles, 3);
    x += 16;
    y += 16;
  }
}

// cos and sin of 2 pi/5 and 4 pi/5
const COS1: f64 = 0.30901699437494742410;
const COS2: f64 = -0.80901699437494742410;
const SIN1: f64 = 0.95105651629515357212;
const SIN2: f64 = 0.58778525229247312917;

// @ts-ignore: decorator
@inline
export function butterfly5(x: usize, xRadix: usize, y: usize, yRadix: usize, count: i32, twiddles: usize, turn: v128): void {
  const sine1 = f64x2.mul(turn, f64x2.splat(SIN1)), sine2 = f64x2.mul(turn, f64x2.splat(SIN2));
  for (let i = 0; i < count; i++) {
    const a = v128.load(x);
    const b = v128.load(x + xRadix), e = v128.load(x + 4 * xRadix);
    const c = v128.load(x + 2 * xRadix), d = v128.load(x + 3 * xRadix);
    const outer = f64x2.add(b, e), inner = f64x2.add(c, d);
    const outerSwapped = swap(f64x2.sub(b, e)), innerSwapped = swap(f64x2.sub(c, d));
    v128.store(y, f64x2.add(a, f64x2.add(outer, inner)));
    const even1 = f64x2.add(a, f64x2.add(f64x2.mul(outer, f64x2.splat(COS1)), f64x2.mul(inner, f64x2.splat(COS2))));
    const odd1 = f64x2.add(f64x2.mul(outerSwapped, sine1), f64x2.mul(innerSwapped, sine2));
    store(y + yRadix, f64x2.add(even1, odd1), twiddles, 1);
    store(y + 4 * yRadix, f64x2.sub(even1, odd1), twiddles, 4);
    const even2 = f64x2.add(a, f64x2.add(f64x2.mul(outer, f64x2.splat(COS2)), f64x2.mul(inner, f64x2.splat(COS1))));
    const odd2 = f64x2.sub(f64x2.mul(outerSwapped, sine2), f64x2.mul(innerSwapped, sine1));
    store(y + 2 * yRadix, f64x2.add(even2, odd2), twiddles, 2);
    store(y + 3 * yRadix, f64x2.sub(even2, odd2), twiddles, 3);
    x += 16;
    y += 16;
  }
}

/** Six as 2 x 3 of coprime factors: no twiddles between (Good, J. R. Stat. Soc. B 20, 361 (1958)). */
// @ts-ignore: decorator
@inline
export function butterfly6(x: usize, xRadix: usize, y: usize, yRadix: usize, count: i32, twiddles: usize, turn: v128): void {
  const sine = f64x2.mul(turn, f64x2.splat(SIN_60));
  for (let i = 0; i < count; i++) {
    const a = v128.load(x), b = v128.load(x + 2 * xRadix), c = v128.load(x + 4 * xRadix);
    const d = v128.load(x + 3 * xRadix), e = v128.load(x + 5 * xRadix), f = v128.load(x + xRadix);
    const sumA = f64x2.add(b, c), halfA = f64x2.sub(a, f64x2.mul(sumA, f64x2.splat(0.5)));
    const sumB = f64x2.add(e, f), halfB = f64x2.sub(d, f64x2.mul(sumB, f64x2.splat(0.5)));
    const sideA = f64x2.mul(swap(f64x2.sub(b, c)), sine), sideB = f64x2.mul(swap(f64x2.sub(e, f)), sine);
    const a0 = f64x2.add(a, sumA), a1 = f64x2.add(halfA, sideA), a2 = f64x2.sub(halfA, sideA);
    const b0 = f64x2.add(d, sumB), b1 = f64x2.add(halfB, sideB), b2 = f64x2.sub(halfB, sideB);
    v128.store(y, f64x2.add(a0, b0));
    store(y + yRadix, f64x2.sub(a1, b1), twiddles, 1);
    store(y + 2 * yRadix, f64x2.add(a2, b2), twiddles, 2);
    store(y + 3 * yRadix, f64x2.sub(a0, b0), twiddles, 3);
    store(y + 4 * yRadix, f64x2.add(a1, b1), twiddles, 4);
    store(y + 5 * yRadix, f64x2.sub(a2, b2), twiddles, 5);
    x += 16;
    y += 16;
  }
}

/** Eight as two fours, turned by exp(s i pi k/4). */
// @ts-ignore: decorator
@inline
export function butterfly8(x: usize, xRadix: usize, y: usize, yRadix: usize, count: i32, twiddles: usize, turn: v128): void {
  const diagonal = f64x2.splat(Math.SQRT1_2);
  for (let i = 0; i < count; i++) {
    const a = v128.load(x), c = v128.load(x + 2 * xRadix), e = v128.load(x + 4 * xRadix), g = v128.load(x + 6 * xRadix);
    const ae = f64x2.add(a, e), cg = f64x2.add(c, g), aMinusE = f64x2.sub(a, e), cMinusG = f64x2.mul(swap(f64x2.sub(c, g)), turn);
    const even0 = f64x2.add(ae, cg), even1 = f64x2.add(aMinusE, cMinusG);
    const even2 = f64x2.sub(ae, cg), even3 = f64x2.sub(aMinusE, cMinusG);
    const b = v128.load(x + xRadix), d = v128.load(x + 3 * xRadix), f = v128.load(x + 5 * xRadix), h = v128.load(x + 7 * xRadix);
    const bf = f64x2.add(b, f), dh = f64x2.add(d, h), bMinusF = f64x2.sub(b, f), dMinusH = f64x2.mul(swap(f64x2.sub(d, h)), turn);
    const one = f64x2.add(bMinusF, dMinusH), three = f64x2.sub(bMinusF, dMinusH);
    const odd0 = f64x2.add(bf, dh), odd1 = f64x2.mul(f64x2.add(one, f64x2.mul(swap(one), turn)), diagonal);
    const odd2 = f64x2.mul(swap(f64x2.sub(bf, dh)), turn), odd3 = f64x2.mul(f64x2.sub(f64x2.mul(swap(three), turn), three), diagonal);
    v128.store(y, f64x2.add(even0, odd0));
    store(y + yRadix, f64x2.add(even1, odd1), twiddles, 1);
    store(y + 2 * yRadix, f64x2.add(even2, odd2), twiddles, 2);
    store(y + 3 * yRadix, f64x2.add(even3, odd3), twiddles, 3);
    store(y + 4 * yRadix, f64x2.sub(even0, odd0), twiddles, 4);
    store(y + 5 * yRadix, f64x2.sub(even1, odd1), twiddles, 5);
    store(y + 6 * yRadix, f64x2.sub(even2, odd2), twiddles, 6);
    store(y + 7 * yRadix, f64x2.sub(even3, odd3), twiddles, 7);
    x += 16;
    y += 16;
  }
}

// cos and sin of 2 pi/9, 4 pi/9 and 8 pi/9
const COS40: f64 = 0.76604444311897803520;
const SIN40: f64 = 0.64278760968653932632;
const COS80: f64 = 0.17364817766693034885;
const SIN80: f64 = 0.98480775301220805937;
const COS160: f64 = -0.93969262078590838405;
const SIN160: f64 = 0.34202014332566873304;

/** Outputs r, r + 3 and r + 6 of nine from the three-point transform of (a, b, c). */
// @ts-ignore: decorator
@inline
function storeThree(y: usize, yRadix: usize, r: i32, a: v128, b: v128, c: v128, twiddles: usize, sine: v128): void {
  const sum = f64x2.add(b, c), half = f64x2.sub(a, f64x2.mul(sum, f64x2.splat(0.5)));
  const side = f64x2.mul(swap(f64x2.sub(b, c)), sine);
  if (r == 0) v128.store(y, f64x2.add(a, sum));
  else store(y + <usize>r * yRadix, f64x2.add(a, sum), twiddles, r);
  store(y + <usize>(r + 3) * yRadix, f64x2.add(half, side), twiddles, r + 3);
  store(y + <usize>(r + 6) * yRadix, f64x2.sub(half, side), twiddles, r + 6);
}

/** z exp(s i angle) */
// @ts-ignore: decorator
@inline
function turned(z: v128, cosine: f64, sine: f64, turn: v128): v128 {
  return f64x2.add(f64x2.mul(z, f64x2.splat(cosine)), f64x2.mul(swap(z), f64x2.mul(turn, f64x2.splat(sine))));
}

/** Nine as 3 x 3. */
// @ts-ignore: decorator
@inline
export function butterfly9(x: usize, xRadix: usize, y: usize, yRadix: usize, count: i32, twiddles: usize, turn: v128): void {
  const sine = f64x2.mul(turn, f64x2.splat(SIN_60));
  for (let i = 0; i < count; i++) {
    const a = v128.load(x), b = v128.load(x + 3 * xRadix), c = v128.load(x + 6 * xRadix);
    const sumA = f64x2.add(b, c), halfA = f64x2.sub(a, f64x2.mul(sumA, f64x2.splat(0.5))), sideA = f64x2.mul(swap(f64x2.sub(b, c)), sine);
    const d = v128.load(x + xRadix), e = v128.load(x + 4 * xRadix), f = v128.load(x + 7 * xRadix);
    const sumB = f64x2.add(e, f), halfB = f64x2.sub(d, f64x2.mul(sumB, f64x2.splat(0.5))), sideB = f64x2.mul(swap(f64x2.sub(e, f)), sine);
    const g = v128.load(x + 2 * xRadix), h = v128.load(x + 5 * xRadix), k = v128.load(x + 8 * xRadix);
    const sumC = f64x2.add(h, k), halfC = f64x2.sub(g, f64x2.mul(sumC, f64x2.splat(0.5))), sideC = f64x2.mul(swap(f64x2.sub(h, k)), sine);
    storeThree(y, yRadix, 0, f64x2.add(a, sumA), f64x2.add(d, sumB), f64x2.add(g, sumC), twiddles, sine);
    const b1 = turned(f64x2.add(halfB, sideB), COS40, SIN40, turn), c1 = turned(f64x2.add(halfC, sideC), COS80, SIN80, turn);
    storeThree(y, yRadix, 1, f64x2.add(halfA, sideA), b1, c1, twiddles, sine);
    const b2 = turned(f64x2.sub(halfB, sideB), COS80, SIN80, turn), c2 = turned(f64x2.sub(halfC, sideC), COS160, SIN160, turn);
    storeThree(y, yRadix, 2, f64x2.sub(halfA, sideA), b2, c2, twiddles, sine);
    x += 16;
    y += 16;
  }
}
