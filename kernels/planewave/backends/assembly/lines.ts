/**
 * Fast Fourier transforms of `batch` interleaved lines by Stockham's self-sorting scheme (C. Van Loan, Computational
 * Frameworks for the Fast Fourier Transform, SIAM 1992, section 1.7): element j of line b stands at x + j*xStride + 16*b.
 *
 * A table describes a length and a direction: i32 length, i32 passes, f64 sign, then for each pass
 * i32 radix and i32 address of its twiddles, (radix - 1) of 32 bytes for each p (see butterflies).
 */
import { butterfly2, butterfly3, butterfly4, butterfly5, butterfly6, butterfly8, butterfly9 } from './butterflies';

/** Lines transformed together: eight neighbours fill two cache lines, and both buffers stay in the first-level cache. */
export const BATCH: i32 = 8;

/** Bytes of one buffer for lines of this length. */
// @ts-ignore: decorator
@inline
export function bufferBytes(length: i32): usize {
  return <usize>(length * BATCH * 16);
}

/**
 * From x to y; a and b hold length*batch numbers each. x may be y, and b may be x where x holds nothing worth keeping.
 * Reading x ends before b is first written.
 */
export function transformLines(table: usize, x: usize, xStride: usize, y: usize, yStride: usize, batch: i32, a: usize, b: usize): void {
  const passes = load<i32>(table, 4);
  const sign = load<f64>(table, 8);
  const turn = f64x2.replace_lane(f64x2.splat(sign), 0, -sign);
  const row = <usize>(batch << 4);
  if (passes == 0) {
    for (let i: usize = 0; i < row; i += 16) v128.store(y + i, v128.load(x + i));
    return;
  }
  let rest = load<i32>(table);
  let done: usize = 1;
  let source = x;
  for (let i = 0; i < passes; i++) {
    const radix = load<i32>(table + (i << 3), 16);
    const twiddles = <usize>load<i32>(table + (i << 3), 20);
    rest /= radix;
    const isLast = i == passes - 1;
    const target = isLast ? y : i & 1 ? b : a;
    const inStride = i == 0 ? xStride : done * row;
    if (!isLast) {
      const outStride = done * row;
      pass(radix, source, inStride, <usize>rest * inStride, target, <usize>radix * outStride, outStride, rest, <i32>done * batch, twiddles, turn);
    } else if (i == 0 || yStride == row) {
      pass(radix, source, 0, inStride, target, 0, done * yStride, 1, <i32>done * batch, 0, turn);
    } else {
      pass(radix, source, row, inStride, target, yStride, done * yStride, <i32>done, batch, 0, turn);
    }
    done *= <usize>radix;
    source = target;
  }
}

/** Transforms lines that fill `buffer` (stride 16*batch), using `other` as well; returns the one of both that holds the result. */
// @ts-ignore: decorator
@inline
export function transformBuffer(table: usize, buffer: usize, other: usize, batch: i32): usize {
  const result = load<i32>(table, 4) & 1 ? other : buffer;
  const stride = <usize>(batch << 4);
  transformLines(table, buffer, stride, result, stride, batch, other, buffer);
  return result;
}

/** Butterflies at p = 0 .. steps-1; the twiddles of p = 0 are ones, as are all where `twiddles` is 0. */
// @ts-ignore: decorator
@inline
function pass(
  radix: i32, x: usize, xStep: usize, xRadix: usize, y: usize, yStep: usize, yRadix: usize,
  steps: i32, count: i32, twiddles: usize, turn: v128,
): void {
  const twiddleStep: usize = twiddles ? <usize>((radix - 1) << 5) : 0;
  // The first step has no twiddles, the others find theirs in order. The choice of radix stays outside the loops.
  switch (radix) {
    case 2:
      butterfly2(x, xRadix, y, yRadix, count, 0);
      for (let p = 1; p < steps; p++) butterfly2((x += xStep), xRadix, (y += yStep), yRadix, count, (twiddles += twiddleStep));
      break;
    case 3:
      butterfly3(x, xRadix, y, yRadix, count, 0, turn);
      for (let p = 1; p < steps; p++) butterfly3((x += xStep), xRadix, (y += yStep), yRadix, count, (twiddles += twiddleStep), turn);
      break;
    case 4:
      butterfly4(x, xRadix, y, yRadix, count, 0, turn);
      for (let p = 1; p < steps; p++) butterfly4((x += xStep), xRadix, (y += yStep), yRadix, count, (twiddles += twiddleStep), turn);
      break;
    case 6:
      butterfly6(x, xRadix, y, yRadix, count, 0, turn);
      for (let p = 1; p < steps; p++) butterfly6((x += xStep), xRadix, (y += yStep), yRadix, count, (twiddles += twiddleStep), turn);
      break;
    case 8:
      butterfly8(x, xRadix, y, yRadix, count, 0, turn);
      for (let p = 1; p < steps; p++) butterfly8((x += xStep), xRadix, (y += yStep), yRadix, count, (twiddles += twiddleStep), turn);
      break;
    case 9:
      butterfly9(x, xRadix, y, yRadix, count, 0, turn);
      for (let p = 1; p < steps; p++) butterfly9((x += xStep), xRadix, (y += yStep), yRadix, count, (twiddles += twiddleStep), turn);
      break;
    default:
      butterfly5(x, xRadix, y, yRadix, count, 0, turn);
      for (let p = 1; p < steps; p++) butterfly5((x += xStep), xRadix, (y += yStep), yRadix, count, (twiddles += twiddleStep), turn);
  }
}
