import { reciprocalCell } from '@/kernels/crystal/cell';
import type { Structure } from '@/kernels/crystal/schema';
import type { PathPoint } from '@/server/schemas/resolved';
import type { BandsResult } from '@/server/schemas/results';

/** Distances along a path, 1/angstrom: across a break the path jumps and the axis does not. */
export function pathAxis(
  points: readonly PathPoint[],
  segments: readonly [number, number][],
  structure: Structure,
): Pick<BandsResult, 'kpoints' | 'ticks'> {
  const reciprocal = reciprocalCell(structure.cellAngstrom!);
  const starts = new Set(segments.map(([first]) => first));
  let distance = 0;
  const kpoints = points.map(({ fractional, label }, index) => {
    if (index > 0 && !starts.has(index)) {
      const step = fractional.map((x, i) => x - points[index - 1]!.fractional[i]!);
      const cartesian = [0, 1, 2].map((i) => step.reduce((sum, s, row) => sum + s * reciprocal[row]![i]!, 0));
      distance += Math.hypot(...cartesian);
    }
    return { fractional, distance, label: label ?? null };
  });
  return { kpoints, ticks: ticksOf(kpoints) };
}

function ticksOf(kpoints: BandsResult['kpoints']): BandsResult['ticks'] {
  const ticks: BandsResult['ticks'] = [];
  for (const { distance, label } of kpoints) {
    if (label === null) continue;
    const last = ticks.at(-1);
    if (last && Math.abs(last.distance - distance) < 1e-9) {
      if (last.label !== label) last.label = `${last.label}|${label}`;
    } else ticks.push({ distance, label });
  }
  return ticks;
}
