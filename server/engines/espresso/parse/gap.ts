import { HARTREE_EV } from '@/kernels/core/constants';
import type { Gap } from '@/server/schemas/results';
import type { PwRun } from './pw-xml';

export interface GapPoint {
  fractional: [number, number, number];
  label?: string | undefined;
}

interface Sample extends GapPoint {
  /** [spin][band], Ha. */
  bands: number[][];
}

/** Energies within this are the same, so that a named point wins over its copies of the mesh. */
const SAME_HARTREE = 1e-6;
const DIRECT_HARTREE = 2e-5;
const METAL: Gap = { gapEv: 0, kind: 'metal', directEv: null, valence: null, conduction: null };

/**
 * Band edges and gap over all points of the runs, by counting: N/2 bands without spin, N with spinors, (N + M)/2 and (N - M)/2 with
 * collinear spin, whose moment M is whole in an insulator.
 */
export function gapOf(runs: { run: PwRun; points?: readonly GapPoint[] }[], magnetisation: number | null): Gap {
  const { electrons, isSpinPolarised, isNoncollinear } = runs[0]!.run;
  const filled = filledBands(electrons, isSpinPolarised ? (magnetisation ?? 0) : null, isNoncollinear);
  const samples = runs.flatMap(({ run, points }) =>
    run.kpoints.map(
      ({ fractional }, k): Sample => ({
        ...(points?.[k] ?? { fractional }),
        bands: run.eigenvaluesHartree.map((spin) => spin[k]!),
      }),
    ),
  );
  if (!filled || samples.length === 0) return METAL;
  if (samples.some(({ bands }) => bands.some((spin, s) => spin.length <= filled[s]!))) return METAL;
  const namedFirst = [...samples].sort((a, b) => Number(Boolean(b.label)) - Number(Boolean(a.label)));
  const edge = (offset: -1 | 0) => {
    const sign = offset === -1 ? 1 : -1;
    let best: { energy: number; band: number; sample: Sample } | null = null;
    for (const sample of namedFirst) {
      sample.bands.forEach((spin, s) => {
        const band = filled[s]! + offset;
        if (band < 0) return;
        const energy = spin[band]!;
        if (!best || sign * (energy - best.energy) > SAME_HARTREE) best = { energy, band, sample };
      });
    }
    return best as { energy: number; band: number; sample: Sample } | null;
  };
  const [valence, conduction] = [edge(-1), edge(0)];
  if (!valence || !conduction) return METAL;
  const gap = conduction.energy - valence.energy;
  if (gap <= SAME_HARTREE) return METAL;
  const direct = Math.min(...samples.map(({ bands }) => lowestEmpty(bands, filled) - highestFilled(bands, filled)));
  const toEdge = ({ energy, band, sample }: NonNullable<typeof valence>) => ({
    energyEv: energy * HARTREE_EV,
    band,
    fractional: sample.fractional,
    label: sample.label ?? null,
  });
  return {
    gapEv: gap * HARTREE_EV,
    kind: direct - gap < DIRECT_HARTREE ? 'direct' : 'indirect',
    directEv: direct * HARTREE_EV,
    valence: toEdge(valence),
    conduction: toEdge(conduction),
  };
}

/** Filled bands of each spin; null where they cannot be whole. */
function filledBands(electrons: number, magnetisation: number | null, isNoncollinear: boolean): number[] | null {
  const counts =
    magnetisation === null
      ? [isNoncollinear ? electrons : electrons / 2]
      : [(electrons + magnetisation) / 2, (electrons - magnetisation) / 2];
  // A moment is an integral over a grid, whole to a hundredth.
  const tolerance = magnetisation === null ? 1e-8 : 0.01;
  const whole = counts.map(Math.round);
  return counts.every((count, i) => Math.abs(count - whole[i]!) < tolerance) ? whole : null;
}

const highestFilled = (bands: number[][], filled: number[]) =>
  Math.max(...bands.map((spin, s) => spin[filled[s]! - 1] ?? Number.NEGATIVE_INFINITY));
const lowestEmpty = (bands: number[][], filled: number[]) =>
  Math.min(...bands.map((spin, s) => spin[filled[s]!] ?? Number.POSITIVE_INFINITY));
