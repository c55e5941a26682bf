/**
 * Spherical Bessel function j_l(x) for l = 0..3, x >= 0: closed forms (Abramowitz and Stegun 10.1.11), which lose digits near
 * the origin, and there the power series (10.1.2).
 */
export function sphericalBessel(l: number, x: number): number {
  if (x < 0.5 + l) return series(l, x);
  const sine = Math.sin(x) / x;
  if (l === 0) return sine;
  const cosine = Math.cos(x) / x;
  const j1 = sine / x - cosine;
  if (l === 1) return j1;
  const j2 = (3 * j1) / x - sine;
  if (l === 2) return j2;
  return (5 * j2) / x - j1;
}

/** x^l/(2l+1)!! sum_k (-x^2/2)^k/(k! (2l+3)(2l+5)...(2l+2k+1)) */
function series(l: number, x: number): number {
  let term = 1;
  for (let n = 1; n <= l; n++) term *= x / (2 * n + 1);
  let sum = term;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (-x * x) / (2 * k * (2 * l + 2 * k + 1));
    sum += term;
  }
  return sum;
}
