/**
 * Error function to double precision: Maclaurin-type series e^(-x^2) sum 2^n x^(2n+1)/(2n+1)!! for |x| < 2.5,
 * else through erfc (Abramowitz and Stegun 7.1.6).
 */
export function erf(x: number): number {
  const t = Math.abs(x);
  // erfc(6) = 2e-17 is nothing beside 1.
  if (t > 6) return Math.sign(x);
  if (t > 2.5) return Math.sign(x) * (1 - erfc(t));
  let term = t;
  let sum = t;
  for (let n = 1; n < 120 && term > 1e-17 * sum; n++) {
    term *= (2 * t * t) / (2 * n + 1);
    sum += term;
  }
  return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * Math.exp(-t * t) * sum;
}

/** Complementary error function; for x > 2.5 the continued fraction of Abramowitz and Stegun 7.1.14. */
export function erfc(x: number): number {
  if (x < 2.5) return 1 - erf(x);
  if (x > 27) return 0;
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
