import { KernelError } from '../core/errors';
import type { BandPath } from './kpath';
import { norm, rowTimesMatrix, subtract } from './linear';
import type { Matrix3, Vector3 } from './schema';

export interface PathPoint {
  fractional: Vector3;
  /** At the named points. */
  label?: string;
  /** Length of the path up to here in 1/angstrom; it does not grow across a break. */
  distancePerAngstrom: number;
  /** The first point after a break; no line is to be drawn to it from the one before. */
  startsPiece: boolean;
}

const MOST_POINTS = 100_000;

/**
 * Evenly spaced points along a band path, named points hit exactly, both sides of a break kept: at most `distancePerAngstrom` apart, or
 * `count` in all (more where the path has more named points than that). Lengths are in the metric of the reciprocal cell, 2 pi included.
 */
export function samplePath(
  path: Pick<BandPath, 'points' | 'segments'>,
  reciprocalCellPerAngstrom: Matrix3,
  spacing: { distancePerAngstrom: number } | { count: number },
): PathPoint[] {
  const places = new Map(path.points.map(({ label, fractional }) => [label, fractional]));
  const segments = path.segments.map(([from, to], i) => {
    const [start, end] = [from, to].map((label) => requirePlace(places, label)) as [Vector3, Vector3];
    const lengthPerAngstrom = norm(rowTimesMatrix(subtract(end, start), reciprocalCellPerAngstrom));
    return { from, to, start, end, lengthPerAngstrom, startsPiece: i === 0 || path.segments[i - 1]![1] !== from };
  });
  const steps = stepsOf(segments, spacing);
  const sampled: PathPoint[] = [];
  let before = 0;
  segments.forEach(({ from, to, start, end, lengthPerAngstrom, startsPiece }, i) => {
    const count = steps[i]!;
    if (startsPiece) sampled.push({ fractional: [...start], label: from, distancePerAngstrom: before, startsPiece });
    for (let step = 1; step <= count; step++) {
      const t = step / count;
      const isEnd = step === count;
      sampled.push({
        fractional: isEnd ? [...end] : (start.map((x, axis) => x + t * (end[axis]! - x)) as Vector3),
        ...(isEnd ? { label: to } : {}),
        distancePerAngstrom: before + t * lengthPerAngstrom,
        startsPiece: false,
      });
    }
    before += lengthPerAngstrom;
  });
  return sampled;
}

type Segment = { lengthPerAngstrom: number; startsPiece: boolean };

function stepsOf(segments: Segment[], spacing: { distancePerAngstrom: number } | { count: number }): number[] {
  const wanted = 'count' in spacing ? spacing.count : spacing.distancePerAngstrom;
  if (!(Number.isFinite(wanted) && wanted > 0)) {
    throw new KernelError('bad-kpoints', `The spacing of a band path must be a positive number, not ${wanted}.`);
  }
  const total = segments.reduce((sum, { lengthPerAngstrom }) => sum + lengthPerAngstrom, 0);
  const points = 'count' in spacing ? spacing.count : total / spacing.distancePerAngstrom;
  if (points > MOST_POINTS) {
    throw new KernelError(
      'bad-kpoints',
      `A band path of ${Math.round(points)} points is too long; at most ${MOST_POINTS} are possible.`,
    );
  }
  if (!('count' in spacing)) {
    return segments.map((s) => Math.max(1, Math.ceil(s.lengthPerAngstrom / spacing.distancePerAngstrom - 1e-9)));
  }
  const available = Math.round(spacing.count) - segments.filter(({ startsPiece }) => startsPiece).length;
  return share(segments, total, Math.max(available, segments.length));
}

/** `available` steps in proportion to length, at least one each, the next always to the segment with the widest spacing. */
function share(segments: Segment[], total: number, available: number): number[] {
  const spare = available - segments.length;
  const steps = segments.map(({ lengthPerAngstrom }) => 1 + Math.floor((spare * lengthPerAngstrom) / (total || 1) / 2));
  for (let left = available - steps.reduce((sum, n) => sum + n, 0); left > 0; left--) {
    const widths = segments.map(({ lengthPerAngstrom }, i) => lengthPerAngstrom / steps[i]!);
    steps[widths.indexOf(Math.max(...widths))]!++;
  }
  return steps;
}

function requirePlace(places: Map<string, Vector3>, label: string): Vector3 {
  const place = places.get(label);
  if (!place)
    throw new KernelError('bad-kpoints', `The band path names a point "${label}" that it does not define.`, { label });
  return place;
}
