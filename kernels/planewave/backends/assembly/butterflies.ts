/**
 * Butterflies of radix 2, 3, 4 and 5 on `count` neighbouring complex numbers: input r stands xRadix bytes after input r-1,
 * output r yRadix bytes after output r-1. `turn` is (-s, s) for exp(s i ...): swap(z) * turn is s i z.
 * Output r is multiplied by twiddle r, stored at `twiddles` from r = 1 as (re, re, -im, im); 0 stands for all ones.
 */
import { swap, times } from './complex';

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
  const sine = f64x2.mul(turn, f64x2.splat(0.86602540378443864676));
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
