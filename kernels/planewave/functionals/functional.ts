import type { functionals } from '../schema';
import { type LocalValue, perdewWang92, perdewZunger81, slaterExchange } from './lda';
import { type GradientValue, PBE, PBESOL, pbeCorrelation, pbeExchange } from './pbe';

export type FunctionalId = (typeof functionals)[number];

export interface Functional {
  readonly id: FunctionalId;
  /** Citation for captions and reports. */
  readonly reference: string;
  /** Which of the two built-in pseudopotential families it is used with. */
  readonly family: 'PADE' | 'PBE';
  correlation(density: number): LocalValue;
  /** Absent for local functionals. */
  gradient?(density: number, sigma: number): GradientValue;
}

const gradient = (parameters: typeof PBE) => (density: number, sigma: number) => {
  const exchange = pbeExchange(density, sigma, parameters);
  const correlation = pbeCorrelation(density, sigma, parameters);
  return {
    energyDensity: exchange.energyDensity + correlation.energyDensity,
    byDensity: exchange.byDensity + correlation.byDensity,
    bySigma: exchange.bySigma + correlation.bySigma,
  };
};

export const functionalsById = {
  'lda-pz': {
    id: 'lda-pz',
    family: 'PADE',
    correlation: perdewZunger81,
    reference: 'J. P. Perdew and A. Zunger, Phys. Rev. B 23, 5048 (1981)',
  },
  'lda-pw92': {
    id: 'lda-pw92',
    family: 'PADE',
    correlation: perdewWang92,
    reference: 'J. P. Perdew and Y. Wang, Phys. Rev. B 45, 13244 (1992)',
  },
  pbe: {
    id: 'pbe',
    family: 'PBE',
    correlation: perdewWang92,
    gradient: gradient(PBE),
    reference: 'J. P. Perdew, K. Burke and M. Ernzerhof, Phys. Rev. Lett. 77, 3865 (1996)',
  },
  pbesol: {
    id: 'pbesol',
    family: 'PBE',
    correlation: perdewWang92,
    gradient: gradient(PBESOL),
    reference: 'J. P. Perdew et al., Phys. Rev. Lett. 100, 136406 (2008)',
  },
} satisfies Record<FunctionalId, Functional>;

/** The thresholds below which pw.x leaves out the local part, and the gradient part (density, bohr^-3; |grad n|^2, bohr^-8). */
export const LOCAL_DENSITY_THRESHOLD = 1e-10;
export const GRADIENT_DENSITY_THRESHOLD = 1e-6;
export const SIGMA_THRESHOLD = 1e-10;

/** Exchange and correlation of the local part together. */
export function localPart(functional: Functional, density: number): LocalValue {
  if (density < LOCAL_DENSITY_THRESHOLD) return { energy: 0, potential: 0 };
  const exchange = slaterExchange(density);
  const correlation = functional.correlation(density);
  return { energy: exchange.energy + correlation.energy, potential: exchange.potential + correlation.potential };
}
