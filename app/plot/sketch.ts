import type { BandsResult, DosResult } from '@/server/schemas/results';
import { energiesAbove, energyWindow, statesScale } from './band-lines';

/** Lines for a small drawing: x from 0 to 1, y down from 0 to 1, as SVG path data. */
const point = (x: number, y: number) => `${(100 * x).toFixed(1)} ${(100 * y).toFixed(1)}`;

export interface BandsSketch {
  lines: string[];
  ticks: number[];
  /** Where the zero of energy lies. */
  zero: number;
}

/** Bands reduced to what a thumbnail shows: the same lines in a unit square. */
export function sketchBands(bands: BandsResult): BandsSketch {
  const [low, high] = energyWindow(energiesAbove(bands), bands.gap.gapEv);
  const length = bands.kpoints.at(-1)?.distance || 1;
  const y = (energy: number) => (high - (energy - bands.zeroEv)) / (high - low);
  const bandCount = bands.energiesEv[0]?.[0]?.length ?? 0;
  const lines: string[] = [];
  for (let band = 0; band < bandCount; band++)
    for (const [from, to] of bands.segments) {
      const points = Array.from({ length: to - from + 1 }, (_, i) => from + i).map((k) =>
        point(bands.kpoints[k]!.distance / length, y(bands.energiesEv[0]![k]![band]!)),
      );
      lines.push(`M${points.join('L')}`);
    }
  return { lines, ticks: bands.ticks.map(({ distance }) => distance / length), zero: high / (high - low) };
}

/** The density of states as a filled outline, energy upwards; beside bands in their window and from their zero. */
export function sketchDos(dos: DosResult, bands?: BandsResult): { outline: string; zero: number } {
  const zeroEv = bands?.zeroEv ?? dos.zeroEv;
  const [low, high] = bands
    ? energyWindow(energiesAbove(bands), bands.gap.gapEv)
    : energyWindow(
        dos.energiesEv.map((energy) => energy - zeroEv),
        dos.gap.gapEv,
      );
  const shown = dos.energiesEv.flatMap((energy, i) => {
    const above = energy - zeroEv;
    return above < low || above > high ? [] : [{ y: (high - above) / (high - low), states: dos.statesPerEv[0]![i]! }];
  });
  const most = statesScale(dos, zeroEv, [low, high]);
  const points = shown.map(({ y, states }) => point(Math.min(1, (0.96 * states) / most), y));
  const ends = shown.length > 0 ? [shown[0]!, shown.at(-1)!].map(({ y }) => point(0, y)) : ['0 100', '0 0'];
  return { outline: `M${ends[0]}L${points.join('L')}L${ends[1]}`, zero: high / (high - low) };
}
