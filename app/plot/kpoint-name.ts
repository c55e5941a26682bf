import type { BandsResult } from '@/server/schemas/results';
import { kpointLabelText } from '../format/typeset';

export type Path = Pick<BandsResult, 'kpoints' | 'segments'>;

/** Where on the path a point lies: "X" at a named point, "0.50 X–W" halfway between two. */
export function kpointName(path: Path, index: number): string {
  const { kpoints, segments } = path;
  const here = kpoints[index]!;
  if (here.label !== null) return kpointLabelText(here.label);
  const [first, last] = segments.find(([from, to]) => from <= index && index <= to) ?? [0, kpoints.length - 1];
  const before = lastIndexWithLabel(path, index, first, -1);
  const after = lastIndexWithLabel(path, index, last, 1);
  if (before === null || after === null) return here.fractional.map((x) => x.toFixed(3)).join(', ');
  const [start, end] = [kpoints[before]!, kpoints[after]!];
  const fraction = (here.distance - start.distance) / (end.distance - start.distance);
  return `${fraction.toFixed(2)} ${kpointLabelText(start.label!)}–${kpointLabelText(end.label!)}`;
}

/** The name of a point given by its coordinates; null where the path does not pass it. */
export function nameOnPath(path: Path, fractional: readonly number[]): string | null {
  const index = path.kpoints.findIndex((point) =>
    point.fractional.every((x, i) => Math.abs(x - fractional[i]!) < 1e-6),
  );
  return index < 0 ? null : kpointName(path, index);
}

function lastIndexWithLabel({ kpoints }: Path, from: number, end: number, step: 1 | -1): number | null {
  for (let i = from; step > 0 ? i <= end : i >= end; i += step) if (kpoints[i]!.label !== null) return i;
  return null;
}
