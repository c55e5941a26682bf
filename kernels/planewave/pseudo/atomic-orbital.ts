import type { Shell } from './pseudopotential';
import { type RadialTable, tableValue } from './radial-table';

/** What starts a self-consistent cycle. Hartree atomic units. */
export interface StartingAtom {
  orbitals: AtomicOrbital[];
  /** 4 pi int r^2 sin(qr)/(qr) n(r) dr: the number of electrons at q = 0. */
  densityAt(q: number): number;
}

/** Plain data, so that it can be posted between threads. */
export type AtomicOrbital = GaussianOrbital | TabulatedOrbital;

/** R(r) = sum_a amplitude_a r^l exp(-exponent_a r^2). */
export interface GaussianOrbital extends Shell {
  form: 'gaussians';
  eigenvalueHartree: number;
  primitives: { exponent: number; amplitude: number }[];
}

/** An orbital of a pseudopotential's file, by its radial transform. */
export interface TabulatedOrbital extends Shell {
  form: 'table';
  table: RadialTable;
}

/** Smaller shares of a Gaussian's transform, exp(-40), are left out. */
const LARGEST_DECAY = 40;

/**
 * 4 pi int r^2 j_l(qr) R(r) dr, bohr^(3/2), for every q^2 (1/bohr^2): times (-i)^l Y_lm it is the orbital's Fourier transform.
 * Of Gaussians sum_a amplitude_a (pi/a)^(3/2) (q/2a)^l exp(-q^2/4a).
 */
export function radialTransforms(orbital: AtomicOrbital, squares: Float64Array): Float64Array {
  const out = new Float64Array(squares.length);
  if (orbital.form === 'table') {
    for (let g = 0; g < out.length; g++) out[g] = tableValue(orbital.table, Math.sqrt(squares[g]!));
    return out;
  }
  for (let a = 0; a < orbital.primitives.length; a++) {
    const { exponent, amplitude } = orbital.primitives[a]!;
    const height = (amplitude * (Math.PI / exponent) ** 1.5) / (2 * exponent) ** orbital.l;
    const rate = 1 / (4 * exponent);
    for (let g = 0; g < out.length; g++) {
      const decay = squares[g]! * rate;
      if (decay < LARGEST_DECAY) out[g]! += height * Math.exp(-decay);
    }
  }
  for (let factor = 0; factor < orbital.l; factor++) {
    for (let g = 0; g < out.length; g++) out[g]! *= Math.sqrt(squares[g]!);
  }
  return out;
}
