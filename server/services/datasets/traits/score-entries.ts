import { patternScore } from '@/kernels/diffraction/pattern-score';
import type { AngleRange } from '@/kernels/diffraction/schema';
import { SHORTEST_SPACING_ANGSTROM, visibleLines } from '@/kernels/diffraction/strong-lines';

/** Of a scan, the strongest: weaker ones tell little and cost as much. */
const LINES_MAX = 60;

export interface ScoreInput {
  measured: readonly { twoThetaDegrees: number; intensity: number }[];
  wavelengthAngstrom: number;
  rangeDegrees: AngleRange;
  numbers: readonly number[];
  /** Lines of all entries one after the other, and how many bytes each has: see `EntryTraits.lines`. */
  lines: Uint8Array;
  lengths: readonly number[];
  limit: number;
}

export interface ScoredEntry {
  number: number;
  score: number;
  scale: number;
}

/** The entries whose lines fit a scan best, over the spacings that both cover. In the structure thread. */
export function scoreEntries(input: ScoreInput): ScoredEntry[] {
  const { measured, wavelengthAngstrom, rangeDegrees, numbers, lengths, limit } = input;
  const logAt = (degrees: number) => Math.log(wavelengthAngstrom / (2 * Math.sin((degrees * Math.PI) / 360)));
  const seen = measured
    .map(({ twoThetaDegrees, intensity }) => ({ log: logAt(twoThetaDegrees), intensity }))
    .filter(({ log }) => log >= Math.log(SHORTEST_SPACING_ANGSTROM))
    .sort((a, b) => b.intensity - a.intensity)
    .slice(0, LINES_MAX)
    .sort((a, b) => a.log - b.log);
  const own = {
    logSpacings: Float64Array.from(seen, ({ log }) => log),
    weights: Float64Array.from(seen, ({ intensity }) => Math.sqrt(intensity)),
  };
  // From the buffer's own beginning, where 32-bit numbers may stand.
  const floats = new Float32Array(Uint8Array.from(input.lines).buffer);
  const scored: ScoredEntry[] = [];
  let at = 0;
  numbers.forEach((number, i) => {
    const count = lengths[i]! / 8;
    const strong = {
      logSpacings: floats.subarray(at, at + count),
      strengths: floats.subarray(at + count, at + 2 * count),
    };
    at += 2 * count;
    const { score, scale } = patternScore(own, visibleLines(strong, { wavelengthAngstrom, rangeDegrees }));
    if (score > 0) scored.push({ number, score, scale });
  });
  return scored.sort((a, b) => b.score - a.score).slice(0, limit);
}
