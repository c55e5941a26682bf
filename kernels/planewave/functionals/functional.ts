import type { functionals } from '../schema';
import { type LocalValue, perdewWang92, perdewZunger81, slaterExchange } from './lda';
import {
  type PolarizedGas,
  type PolarizedLocalValue,
  polarizedLocalValue,
  polarizedPerdewWang92,
  polarizedPerdewZunger81,
  polarizedSlaterExchange,
} from './lda-spin';
import { type GradientValue, PBE, PBESOL, type PbeParameters, pbeCorrelation, pbeExchange } from './pbe';
import { type PolarizedGradientValue, polarizedPbeCorrelation, spinScaledExchange } from './pbe-spin';

export type FunctionalId = (typeof functionals)[number];

export interface Functional {
  readonly id: FunctionalId;
  /** Citation for captions and reports. */
  readonly reference: string;
  /** Which of the two built-in pseudopotential families it is used with. */
  readonly family: 'PADE' | 'PBE';
  correlation(density: number): LocalValue;
  /** Local correlation at densities of spin up and down, bohr^-3; what is below zero in one of them counts as full polarisation. */
  polarizedCorrelation(up: number, down: number): PolarizedLocalValue;
  /** Absent for local functionals. */
  gradient?(density: number, sigma: number): GradientValue;
  /**
   * The same with spin, with the thresholds of pw.x applied; sigmaTotal = |grad (n_up + n_down)|^2.
   * Absent for local functionals.
   */
  polarizedGradient?(
    up: number,
    down: number,
    sigmaUpUp: number,
    sigmaTotal: number,
    sigmaDownDown: number,
  ): PolarizedGradientValue;
}

/** The thresholds below which pw.x leaves out the local part, and the gradient part (density, bohr^-3; |grad n|^2, bohr^-8). */
export const LOCAL_DENSITY_THRESHOLD = 1e-10;
export const GRADIENT_DENSITY_THRESHOLD = 1e-6;
export const SIGMA_THRESHOLD = 1e-10;
/** With spin: of the exchange of each spin, and of |grad n| (not its square) in exchange and correlation. */
const CHANNEL_DENSITY_THRESHOLD = 1e-10;
const CHANNEL_SIGMA_THRESHOLD = 1e-20;
const CORRELATION_SIGMA_THRESHOLD = 1e-12;
/** At full polarisation dphi/dzeta is infinite: pw.x stops zeta this far from it. */
const LARGEST_ZETA = 1 - 1e-6;

const gradient = (parameters: PbeParameters) => ({
  gradient(density: number, sigma: number): GradientValue {
    const exchange = pbeExchange(density, sigma, parameters);
    const correlation = pbeCorrelation(density, sigma, parameters);
    return {
      energyDensity: exchange.energyDensity + correlation.energyDensity,
      byDensity: exchange.byDensity + correlation.byDensity,
      bySigma: exchange.bySigma + correlation.bySigma,
    };
  },
  polarizedGradient(
    up: number,
    down: number,
    sigmaUpUp: number,
    sigmaTotal: number,
    sigmaDownDown: number,
  ): PolarizedGradientValue {
    const density = up + down;
    const value = { energyDensity: 0, byUp: 0, byDown: 0, bySigmaUpUp: 0, bySigmaDownDown: 0, bySigmaTotal: 0 };
    if (density <= CHANNEL_DENSITY_THRESHOLD) return value;
    if (up > CHANNEL_DENSITY_THRESHOLD && sigmaUpUp > CHANNEL_SIGMA_THRESHOLD) {
      const exchange = spinScaledExchange(up, sigmaUpUp, parameters);
      value.energyDensity += exchange.energyDensity;
      value.byUp += exchange.byDensity;
      value.bySigmaUpUp = exchange.bySigma;
    }
    if (down > CHANNEL_DENSITY_THRESHOLD && sigmaDownDown > CHANNEL_SIGMA_THRESHOLD) {
      const exchange = spinScaledExchange(down, sigmaDownDown, parameters);
      value.energyDensity += exchange.energyDensity;
      value.byDown += exchange.byDensity;
      value.bySigmaDownDown = exchange.bySigma;
    }
    const zeta = (up - down) / density;
    // Where one of the densities is below zero (Fourier ripples in a vacuum) pw.x has no gradient correlation.
    if (density > GRADIENT_DENSITY_THRESHOLD && sigmaTotal > CORRELATION_SIGMA_THRESHOLD && Math.abs(zeta) <= 1) {
      const clamped = Math.max(-LARGEST_ZETA, Math.min(LARGEST_ZETA, zeta));
      const correlation = polarizedPbeCorrelation(density, clamped, sigmaTotal, parameters);
      value.energyDensity += correlation.energyDensity;
      value.byUp += correlation.byUp;
      value.byDown += correlation.byDown;
      value.bySigmaTotal = correlation.bySigmaTotal;
    }
    return value;
  },
});

const polarized = (gas: (density: number, zeta: number) => PolarizedGas) => (up: number, down: number) => {
  const zeta = polarisation(up, down);
  return polarizedLocalValue(gas(Math.abs(up + down), zeta), zeta);
};

export const functionalsById = {
  'lda-pz': {
    id: 'lda-pz',
    family: 'PADE',
    correlation: perdewZunger81,
    polarizedCorrelation: polarized(polarizedPerdewZunger81),
    reference: 'J. P. Perdew and A. Zunger, Phys. Rev. B 23, 5048 (1981)',
  },
  'lda-pw92': {
    id: 'lda-pw92',
    family: 'PADE',
    correlation: perdewWang92,
    polarizedCorrelation: polarized(polarizedPerdewWang92),
    reference: 'J. P. Perdew and Y. Wang, Phys. Rev. B 45, 13244 (1992)',
  },
  pbe: {
    id: 'pbe',
    family: 'PBE',
    correlation: perdewWang92,
    polarizedCorrelation: polarized(polarizedPerdewWang92),
    ...gradient(PBE),
    reference: 'J. P. Perdew, K. Burke and M. Ernzerhof, Phys. Rev. Lett. 77, 3865 (1996)',
  },
  pbesol: {
    id: 'pbesol',
    family: 'PBE',
    correlation: perdewWang92,
    polarizedCorrelation: polarized(polarizedPerdewWang92),
    ...gradient(PBESOL),
    reference: 'J. P. Perdew et al., Phys. Rev. Lett. 100, 136406 (2008)',
  },
} satisfies Record<FunctionalId, Functional>;

/** Exchange and correlation of the local part together. */
export function localPart(functional: Functional, density: number): LocalValue {
  if (density < LOCAL_DENSITY_THRESHOLD) return { energy: 0, potential: 0 };
  const exchange = slaterExchange(density);
  const correlation = functional.correlation(density);
  return { energy: exchange.energy + correlation.energy, potential: exchange.potential + correlation.potential };
}

/**
 * The same with spin. As in pw.x a total density below zero counts by its size and a polarisation beyond 1 as 1; the energy
 * per volume is `energy` times (n_up + n_down) with its sign.
 */
export function polarizedLocalPart(functional: Functional, up: number, down: number): PolarizedLocalValue {
  const density = Math.abs(up + down);
  if (density <= LOCAL_DENSITY_THRESHOLD) return { energy: 0, potentialUp: 0, potentialDown: 0 };
  const zeta = polarisation(up, down);
  const exchange = polarizedSlaterExchange((density * (1 + zeta)) / 2, (density * (1 - zeta)) / 2);
  const correlation = functional.polarizedCorrelation(up, down);
  return {
    energy: exchange.energy + correlation.energy,
    potentialUp: exchange.potentialUp + correlation.potentialUp,
    potentialDown: exchange.potentialDown + correlation.potentialDown,
  };
}

/** zeta = (n_up - n_down)/|n_up + n_down|, no further than 1 from 0. */
function polarisation(up: number, down: number): number {
  return Math.max(-1, Math.min(1, (up - down) / Math.abs(up + down)));
}
