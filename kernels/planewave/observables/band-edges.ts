import type { Vector3 } from '../basis/lattice';
import type { PlanewaveOutput } from '../schema';

export interface BandSample {
  fractional: Vector3;
  label?: string | undefined;
  /** Channel: 0 without spin. */
  spin: number;
  /** Ascending, Ha. */
  eigenvalues: readonly number[];
}

export type Gap = PlanewaveOutput['gap'];

const METAL: Gap = { gapHartree: 0, kind: 'metal', directHartree: null, valence: null, conduction: null };

/**
 * Bands that are full in each spin channel, or null where their number is not whole: a metal. A moment that a smearing left within a
 * hundredth of a whole number is one.
 */
export function filledBands(electrons: number, magnetisation: number | null): number[] | null {
  const perSpin =
    magnetisation === null ? [electrons / 2] : [(electrons + magnetisation) / 2, (electrons - magnetisation) / 2];
  const whole = perSpin.map(Math.round);
  const slack = magnetisation === null ? 1e-8 : 5e-3;
  return perSpin.every((n, s) => Math.abs(n - whole[s]!) < slack) ? whole : null;
}

/**
 * Band edges and gap over all points given, mesh and path together, both spins. A crystal whose bands are not whole in number, or whose
 * highest full and lowest empty bands overlap, is a metal.
 * @param filled full bands of each spin channel
 */
export function findGap(samples: readonly BandSample[], filled: readonly number[] | null): Gap {
  if (!filled || samples.length === 0) return METAL;
  if (samples.some(({ eigenvalues, spin }) => eigenvalues.length <= filled[spin]!)) return METAL;
  // A named point wins over its unnamed copies of the mesh: energies within 1e-6 Ha count as the same.
  const namedFirst = [...samples].sort((a, b) => Number(Boolean(b.label)) - Number(Boolean(a.label)));
  const edge = (bandOf: (spin: number) => number, better: (a: number, b: number) => boolean) => {
    const candidates = namedFirst.filter(({ spin }) => bandOf(spin) >= 0);
    const energyOf = ({ eigenvalues, spin }: BandSample) => eigenvalues[bandOf(spin)]!;
    const best = candidates.reduce((found, sample) => (better(energyOf(sample), energyOf(found)) ? sample : found));
    return {
      energyHartree: energyOf(best),
      band: bandOf(best.spin),
      spin: best.spin,
      fractional: best.fractional,
      label: best.label ?? null,
    };
  };
  const valence = edge(
    (spin) => filled[spin]! - 1,
    (a, b) => a > b + 1e-6,
  );
  const conduction = edge(
    (spin) => filled[spin]!,
    (a, b) => a < b - 1e-6,
  );
  const gapHartree = conduction.energyHartree - valence.energyHartree;
  if (gapHartree <= 1e-6) return METAL;
  const directHartree = Math.min(...directGaps(samples, filled));
  return {
    gapHartree,
    kind: directHartree - gapHartree < 2e-5 ? 'direct' : 'indirect',
    directHartree,
    valence,
    conduction,
  };
}

/** At every point, the lowest empty level of either spin above the highest full one of either. */
function directGaps(samples: readonly BandSample[], filled: readonly number[]): number[] {
  const points = new Map<string, { top: number; bottom: number }>();
  for (const { fractional, spin, eigenvalues } of samples) {
    const key = fractional.map((x) => x.toFixed(8)).join();
    const found = points.get(key) ?? { top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY };
    const n = filled[spin]!;
    if (n > 0) found.top = Math.max(found.top, eigenvalues[n - 1]!);
    found.bottom = Math.min(found.bottom, eigenvalues[n]!);
    points.set(key, found);
  }
  return [...points.values()].map(({ top, bottom }) => bottom - top);
}
