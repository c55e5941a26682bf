import type { MeasuredPattern } from './schema';

/** A line seen in a scan. */
export interface SeenLine {
  twoThetaDegrees: number;
  /** Above the background at its top, the strongest 100. */
  intensity: number;
}

/** Degrees that count as one line's surroundings: laboratory lines are 0.1 to 0.5 wide. */
const BACKGROUND_DEGREES = 2;
const LEAST_SHARE = 0.01;
const LINES_MAX = 200;

/**
 * The lines of a scan: what stands above a background that is clipped from above at windows growing to 2 degrees (Ryan et al., Nucl. Instrum.
 * Meth. B 34, 396 (1988), on the square root of the counts, where noise is even), tops by more than five times the noise and
 * 1 % of the strongest. The place of a top is that of the parabola through it and its neighbours.
 */
export function findLines(pattern: MeasuredPattern): SeenLine[] {
  const { twoThetaDegrees } = pattern;
  const raw = pattern.intensities.map((counts) => Math.sqrt(Math.max(0, counts)));
  const roots = smooth(raw);
  const floor = clippedBackground(roots, twoThetaDegrees);
  // Clipping follows the lower edge of the noise; most points are no line, and lie about the background.
  const lift = median(roots.map((root, i) => root - floor[i]!));
  const excess = roots.map((root, i) => root - floor[i]! - lift);
  const above = roots.map((root, i) => root ** 2 - (floor[i]! + lift) ** 2);
  const noise = noiseOf(raw) * SMOOTHING;
  const strongest = above.reduce((most, value) => Math.max(most, value), 0);
  const lines: SeenLine[] = [];
  for (let i = 1; i < above.length - 1; i++) {
    if (!(above[i]! > above[i - 1]! && above[i]! >= above[i + 1]!)) continue;
    if (excess[i]! < 5 * noise || above[i]! < LEAST_SHARE * strongest) continue;
    if (!standsOut(above, i, LEAST_SHARE * strongest)) continue;
    lines.push({ twoThetaDegrees: topOf(above, twoThetaDegrees, i), intensity: (100 * above[i]!) / strongest });
  }
  return lines
    .sort((a, b) => b.intensity - a.intensity)
    .slice(0, LINES_MAX)
    .sort((a, b) => a.twoThetaDegrees - b.twoThetaDegrees);
}

/** By which the binomial mean over five points lowers noise: the root of the sum of its squared weights. */
const SMOOTHING = Math.sqrt(1 + 16 + 36 + 16 + 1) / 16;
const smooth = (values: readonly number[]) =>
  values.map((_, i) => {
    const at = (offset: number) => values[Math.min(values.length - 1, Math.max(0, i + offset))]!;
    return (at(-2) + 4 * at(-1) + 6 * at(0) + 4 * at(1) + at(2)) / 16;
  });

function clippedBackground(values: readonly number[], angles: readonly number[]): number[] {
  const step = (angles.at(-1)! - angles[0]!) / (angles.length - 1);
  const widest = Math.max(1, Math.min(Math.floor(BACKGROUND_DEGREES / step), Math.floor(angles.length / 4)));
  let clipped = [...values];
  for (let width = widest; width >= 1; width = width > 8 ? Math.floor(width / Math.SQRT2) : width - 1) {
    const before = clipped;
    clipped = before.map((value, i) => {
      const low = before[i - width];
      const high = before[i + width];
      return low === undefined || high === undefined ? value : Math.min(value, (low + high) / 2);
    });
  }
  return clipped;
}

/** Standard deviation of a point, from the median of the steps between neighbours, which lines hardly move. */
const noiseOf = (values: readonly number[]) =>
  median(values.slice(1).map((value, i) => Math.abs(value - values[i]!))) / (0.6745 * Math.SQRT2);

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Whether the curve falls by a tenth of the top, or by half of `least`, on both sides before it rises above it. */
function standsOut(values: readonly number[], top: number, least: number): boolean {
  const fall = Math.max(values[top]! * 0.1, least / 2);
  return [-1, 1].every((side) => {
    for (let i = top + side; i >= 0 && i < values.length; i += side) {
      if (values[i]! > values[top]!) return false;
      if (values[i]! <= values[top]! - fall) return true;
    }
    return false;
  });
}

function topOf(values: readonly number[], angles: readonly number[], i: number): number {
  const [left, middle, right] = [values[i - 1]!, values[i]!, values[i + 1]!];
  const curvature = left - 2 * middle + right;
  const offset = curvature < 0 ? (left - right) / (2 * curvature) : 0;
  const step = (angles[i + 1]! - angles[i - 1]!) / 2;
  return angles[i]! + Math.max(-0.5, Math.min(0.5, offset)) * step;
}
