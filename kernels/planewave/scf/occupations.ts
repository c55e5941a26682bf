import { KernelError } from '../../core/errors';
import { type OccupationScheme, type Smearing, smearings } from './smearing';

export interface Occupations {
  /** [spin][kpoint][band], between 0 and 1. */
  values: number[][][];
  /** Of all electrons; with a fixed magnetisation the higher of the two levels. */
  fermiHartree: number;
  /** Of spin up and down, where the total magnetisation is fixed. */
  fermiSpinHartree: [number, number] | null;
  /** -T S, Ha. */
  smearingHartree: number;
  /** a in E_0 = (a F + E)/(a + 1). */
  freeEnergyWeight: number;
}

export interface OccupationOptions {
  /** [spin][kpoint][band], Ha, ascending; one spin stands for both. */
  eigenvalues: readonly (readonly (readonly number[] | Float64Array)[])[];
  /** Weights of the k-points, sum 1. */
  weights: readonly number[];
  electrons: number;
  /** Electrons up minus down; null lets it go where the energy is lowest. */
  totalMagnetisation?: number | null;
  scheme: OccupationScheme;
  widthHartree?: number | undefined;
}

/** Occupations f with sum_s sum_k w_k sum_b g f = electrons, g = 2 without spin and 1 with it. */
export function occupy(options: OccupationOptions): Occupations {
  const { eigenvalues, electrons, totalMagnetisation = null } = options;
  if (eigenvalues.length === 1 || totalMagnetisation === null) return occupyTogether(options);
  const parts = eigenvalues.map((spin, s) =>
    occupyTogether({
      ...options,
      eigenvalues: [spin],
      // One spin alone, as if it stood for both: its electrons count twice.
      electrons: electrons + (s === 0 ? totalMagnetisation : -totalMagnetisation),
    }),
  );
  return {
    values: parts.map(({ values }) => values[0]!),
    fermiHartree: Math.max(...parts.map(({ fermiHartree }) => fermiHartree)),
    fermiSpinHartree: [parts[0]!.fermiHartree, parts[1]!.fermiHartree],
    smearingHartree: parts.reduce((sum, { smearingHartree }) => sum + smearingHartree / 2, 0),
    freeEnergyWeight: parts[0]!.freeEnergyWeight,
  };
}

function occupyTogether(options: OccupationOptions): Occupations {
  return options.scheme === 'fixed'
    ? occupyFixed(options)
    : occupySmeared(options, smearings[options.scheme], options.widthHartree!);
}

/** @throws KernelError odd-electrons */
export function requireEvenElectrons(electrons: number): void {
  if (Math.abs(electrons / 2 - Math.round(electrons / 2)) < 1e-8) return;
  throw new KernelError(
    'odd-electrons',
    `This cell holds ${electrons} electrons: fixed occupations fill bands in pairs and need an even number. Choose a smearing (metal), or spin with a total magnetisation.`,
    { electrons },
  );
}

function occupyFixed({ eigenvalues, electrons }: OccupationOptions): Occupations {
  requireEvenElectrons(electrons);
  const filled = Math.round(electrons / 2);
  // As pw.x reports it without a smearing: the highest occupied level.
  // Of a spin channel without electrons, the lowest empty one.
  const levels = eigenvalues.flat().map((bands) => bands[Math.max(0, filled - 1)]!);
  const fermiHartree = filled === 0 ? Math.min(...levels) : Math.max(...levels);
  const values = eigenvalues.map((spin) =>
    spin.map((bands) => Array.from(bands, (_, band) => (band < filled ? 1 : 0))),
  );
  return { values, fermiHartree, fermiSpinHartree: null, smearingHartree: 0, freeEnergyWeight: 0 };
}

function occupySmeared(
  { eigenvalues, weights, electrons }: OccupationOptions,
  smearing: Smearing,
  width: number,
): Occupations {
  const states = 2 / eigenvalues.length;
  const count = (shape: Smearing, mu: number) => {
    let sum = 0;
    for (const spin of eigenvalues) {
      for (let k = 0; k < spin.length; k++) {
        const bands = spin[k]!;
        let filled = 0;
        for (let band = 0; band < bands.length; band++) filled += shape.occupation((mu - bands[band]!) / width);
        sum += states * weights[k]! * filled;
      }
    }
    return sum;
  };
  const excess = (shape: Smearing) => (mu: number) => count(shape, mu) - electrons;
  const all = eigenvalues.flat();
  const lowest = Math.min(...all.map((bands) => bands[0]!)) - 12 * width;
  const highest = Math.max(...all.map((bands) => bands[bands.length - 1]!)) + 12 * width;
  if (excess(smearings.gaussian)(highest) < -1e-9) {
    throw new KernelError(
      'bands-too-few',
      `There are too few bands for ${electrons} electrons with this smearing. Ask for more bands.`,
      { electrons },
    );
  }
  const fermiHartree = smearing.isMonotonic
    ? bisect(excess(smearing), lowest, highest)
    : nearestRoot(excess(smearing), bisect(excess(smearings.gaussian), lowest, highest), width);
  let smearingHartree = 0;
  const values = eigenvalues.map((spin) =>
    spin.map((bands, k) =>
      Array.from(bands, (e) => {
        const x = (fermiHartree - e) / width;
        smearingHartree += states * weights[k]! * width * smearing.entropy(x);
        return smearing.occupation(x);
      }),
    ),
  );
  return { values, fermiHartree, fermiSpinHartree: null, smearingHartree, freeEnergyWeight: smearing.freeEnergyWeight };
}

function bisect(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  for (let i = 0; i < 200 && b - a > 1e-15 * Math.max(1, Math.abs(a)); i++) {
    const middle = (a + b) / 2;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/**
 * Smearings that overshoot can give the right number of electrons at several Fermi levels: the one nearest the Gaussian
 * solution is taken (dos Santos and Marzari, Phys. Rev. B 107, 195122 (2023)).
 */
function nearestRoot(f: (x: number) => number, start: number, width: number): number {
  const step = width / 50;
  let before = f(start);
  let after = before;
  if (before === 0) return start;
  for (let i = 1; i < 5000; i++) {
    const below = f(start - i * step);
    if (below < 0 !== before < 0) return bisectSign(f, start - i * step, start - (i - 1) * step);
    before = below;
    const above = f(start + i * step);
    if (above < 0 !== after < 0) return bisectSign(f, start + (i - 1) * step, start + i * step);
    after = above;
  }
  return start;
}

function bisectSign(f: (x: number) => number, low: number, high: number): number {
  return f(low) < 0 ? bisect(f, low, high) : bisect((x) => -f(x), low, high);
}
