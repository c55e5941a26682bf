import { erf } from '../../core/special-functions';
import type { GthParameters } from './gth';

/** V_loc(r) of GTH eq. 1, Ha: the ion's smeared Coulomb potential and the Gaussian terms. */
export function gthLocalPotential({ valence, localRadius, localCoefficients }: GthParameters, r: number): number {
  const x2 = (r / localRadius) ** 2;
  let polynomial = 0;
  for (let i = localCoefficients.length - 1; i >= 0; i--) polynomial = polynomial * x2 + localCoefficients[i]!;
  return (-valence / r) * erf(r / (Math.SQRT2 * localRadius)) + Math.exp(-x2 / 2) * polynomial;
}

/** p_i^l(r) of HGH eq. 3, i from 0. */
export function gthProjector(l: number, i: number, radius: number, r: number): number {
  const power = l + 2 * i;
  const order = l + (4 * (i + 1) - 1) / 2;
  return (
    (Math.SQRT2 * r ** power * Math.exp((-r * r) / (2 * radius * radius))) /
    (radius ** order * Math.sqrt(gammaHalf(2 * order)))
  );
}

/** Gamma(n/2) for odd n. */
export function gammaHalf(n: number): number {
  let value = Math.sqrt(Math.PI);
  for (let k = 1; k < n; k += 2) value *= k / 2;
  return value;
}
