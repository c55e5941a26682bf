import { erf } from '../../core/special-functions';
import type { occupationSchemes } from '../schema';

export type OccupationScheme = (typeof occupationSchemes)[number];

/** A smeared step, x = (mu - e)/width. */
export interface Smearing {
  /** Occupation between 0 and 1 (beyond it a little for Methfessel-Paxton and cold smearing). */
  occupation(x: number): number;
  /** -T S of one state in units of the width: its derivative is x times that of the occupation. */
  entropy(x: number): number;
  /** E_0 = (a F + E)/(a + 1) removes the leading power of the width, F ~ width^(a + 1). */
  freeEnergyWeight: number;
  isMonotonic: boolean;
}

const SQRT_PI = Math.sqrt(Math.PI);

export const smearings = {
  gaussian: {
    occupation: (x) => 0.5 * (1 + erf(x)),
    entropy: (x) => (-0.5 * Math.exp(-x * x)) / SQRT_PI,
    freeEnergyWeight: 1,
    isMonotonic: true,
  },
  /** Order 1: Methfessel and Paxton, Phys. Rev. B 40, 3616 (1989). */
  'methfessel-paxton': {
    occupation: (x) => 0.5 * (1 + erf(x)) + (x * Math.exp(-x * x)) / (2 * SQRT_PI),
    entropy: (x) => (0.25 * (2 * x * x - 1) * Math.exp(-x * x)) / SQRT_PI,
    freeEnergyWeight: 3,
    isMonotonic: false,
  },
  /** Marzari, Vanderbilt, De Vita and Payne, Phys. Rev. Lett. 82, 3296 (1999), in the form of pw.x ('mv'). */
  cold: {
    occupation: (x) => {
      const t = x - Math.SQRT1_2;
      return 0.5 * (1 + erf(t)) + Math.exp(-t * t) / Math.sqrt(2 * Math.PI);
    },
    entropy: (x) => {
      const t = x - Math.SQRT1_2;
      return (t * Math.exp(-t * t)) / Math.sqrt(2 * Math.PI);
    },
    freeEnergyWeight: 2,
    isMonotonic: false,
  },
  /** The width is kT. */
  'fermi-dirac': {
    occupation: (x) => 1 / (1 + Math.exp(-x)),
    entropy: (x) => {
      const f = 1 / (1 + Math.exp(-Math.abs(x)));
      return f >= 1 ? 0 : f * Math.log(f) + (1 - f) * Math.log(1 - f);
    },
    freeEnergyWeight: 1,
    isMonotonic: true,
  },
} satisfies Record<Exclude<OccupationScheme, 'fixed'>, Smearing>;
