import { KernelError } from '../../core/errors';
import { type OccupationScheme, type Smearing, smearings } from './smearing';

export interface Occupations {
  /** [kpoint][band], between 0 and 1. */
  values: number[][];
  fermiHartree: number;
  /** -T S, Ha. */
  smearingHartree: number;
  /** a in E_0 = (a F + E)/(a + 1). */
  freeEnergyWeight: number;
}

export interface OccupationOptions {
  /** [kpoint][band], Ha, ascending. */
  eigenvalues: readonly (readonly number[] | Float64Array)[];
  /** Weights of the k-points, sum 1. */
  weights: readonly number[];
  electrons: number;
  scheme: OccupationScheme;
  widthHartree?: number | undefined;
}

/** Occupations of spin-degenerate bands: sum_k w_k sum_b 2 f = electrons. */
export function occupy(options: OccupationOptions): Occupations {
  return options.scheme === 'fixed'
    ? occupyFixed(options)
    : occupySmeared(options, smearings[options.scheme], options.widthHartree!);
}

/** @throws KernelError odd-electrons */
export function requireEvenElectrons(electrons: number): void {
  if (Math.abs(electrons / 2 - Math.round(electrons / 2)) < 1e-8) return;
  throw new KernelError(
    'odd-electrons',
    `This cell holds ${electrons} electrons: fixed occupations fill bands in pairs and need an even number. Choose a smearing (metal).`,
    { electrons },
  );
}

function occupyFixed({ eigenvalues, electrons }: OccupationOptions): Occupations {
  requireEvenElectrons(electrons);
  const filled = Math.round(electrons / 2);
  // As pw.x reports it without a smearing: the highest occupied level.
  const fermiHartree = Math.max(...eigenvalues.map((bands) => bands[filled - 1]!));
  const values = eigenvalues.map((bands) => Array.from(bands, (_, band) => (band < filled ? 1 : 0)));
  return { values, fermiHartree, smearingHartree: 0, freeEnergyWeight: 0 };
}

function occupySmeared(
  { eigenvalues, weights, electrons }: OccupationOptions,
  smearing: Smearing,
  width: number,
): Occupations {
  const count = (shape: Smearing, mu: number) =>
    eigenvalues.reduce((sum, bands, k) => {
      let filled = 0;
      for (const e of bands) filled += shape.occupation((mu - e) / width);
      return sum + 2 * weights[k]! * filled;
    }, 0);
  const excess = (shape: Smearing) => (mu: number) => count(shape, mu) - electrons;
  const lowest = Math.min(...eigenvalues.map((bands) => bands[0]!)) - 12 * width;
  const highest = Math.max(...eigenvalues.map((bands) => bands[bands.length - 1]!)) + 12 * width;
  if (excess(smearings.gaussian)(highest) < -1e-9) {
    throw new KernelError(
      'bands-too-few',
      `There are too few bands for ${electrons} electrons with this smearing. Ask for more bands.`,
      { electrons },
    );
  }
  const gaussian = bisect(excess(smearings.gaussian), lowest, highest);
  const fermiHartree = smearing.isMonotonic
    ? bisect(excess(smearing), lowest, highest)
    : nearestRoot(excess(smearing), gaussian, width);
  let smearingHartree = 0;
  const values = eigenvalues.map((bands, k) =>
    Array.from(bands, (e) => {
      const x = (fermiHartree - e) / width;
      smearingHartree += 2 * weights[k]! * width * smearing.entropy(x);
      return smearing.occupation(x);
    }),
  );
  return { values, fermiHartree, smearingHartree, freeEnergyWeight: smearing.freeEnergyWeight };
}

function bisect(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
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
