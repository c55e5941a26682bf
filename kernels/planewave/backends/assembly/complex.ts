/** One complex number a vector: lane 0 is the real part, lane 1 the imaginary part. */

/** (re, im) -> (im, re). */
// @ts-ignore: decorator
@inline
export function swap(z: v128): v128 {
  return v128.shuffle<f64>(z, z, 1, 0);
}

/** z w, with w given as the vectors (re w, re w) and (-im w, im w). */
// @ts-ignore: decorator
@inline
export function times(z: v128, real: v128, imaginary: v128): v128 {
  return f64x2.add(f64x2.mul(z, real), f64x2.mul(swap(z), imaginary));
}
