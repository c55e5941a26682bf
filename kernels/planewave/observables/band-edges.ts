import type { Vector3 } from '../basis/lattice';
import type { PlanewaveOutput } from '../schema';

export interface BandSample {
  fractional: Vector3;
  label?: string | undefined;
  /** Ascending, Ha. */
  eigenvalues: readonly number[];
}

export type Gap = PlanewaveOutput['gap'];

const METAL: Gap = { gapHartree: 0, kind: 'metal', directHartree: null, valence: null, conduction: null };

/**
 * Band edges and gap over all points given, mesh and path together. A crystal with an odd number of electrons, or whose
 * bands N/2 and N/2 + 1 overlap, is a metal.
 */
export function findGap(samples: readonly BandSample[], electrons: number): Gap {
  const filled = Math.round(electrons / 2);
  const isEven = Math.abs(electrons / 2 - filled) < 1e-8;
  if (!isEven || samples.length === 0 || samples.some(({ eigenvalues }) => eigenvalues.length <= filled)) return METAL;
  // A named point wins over its unnamed copies of the mesh: energies within 1e-6 Ha count as the same.
  const namedFirst = [...samples].sort((a, b) => Number(Boolean(b.label)) - Number(Boolean(a.label)));
  const edge = (band: number, better: (a: number, b: number) => boolean) => {
    const best = namedFirst.reduce((found, sample) =>
      better(sample.eigenvalues[band]!, found.eigenvalues[band]!) ? sample : found,
    );
    return { energyHartree: best.eigenvalues[band]!, band, fractional: best.fractional, label: best.label ?? null };
  };
  const valence = edge(filled - 1, (a, b) => a > b + 1e-6);
  const conduction = edge(filled, (a, b) => a < b - 1e-6);
  const gapHartree = conduction.energyHartree - valence.energyHartree;
  if (gapHartree <= 1e-6) return METAL;
  const directHartree = Math.min(...samples.map(({ eigenvalues }) => eigenvalues[filled]! - eigenvalues[filled - 1]!));
  return {
    gapHartree,
    kind: directHartree - gapHartree < 2e-5 ? 'direct' : 'indirect',
    directHartree,
    valence,
    conduction,
  };
}
