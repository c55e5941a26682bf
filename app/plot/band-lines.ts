import type { BandsResult, DosResult } from '@/server/schemas/results';
import { fixed } from '../format/number';
import { kpointName } from './kpoint-name';

export interface BandLines {
  /** 1/angstrom; null lifts the pen: between bands and at breaks of the path. */
  distance: (number | null)[];
  /** Above the zero of the plot, eV. */
  energyEv: (number | null)[];
  /** What a person reads at each point. */
  hover: string[];
}

/** All bands of one spin as a single line that is lifted between them: one trace to draw instead of dozens. `moreOf` adds to what is read at a state. */
export function bandLines(
  bands: BandsResult,
  spin: number,
  zeroEv = bands.zeroEv,
  moreOf: (k: number, band: number) => string = () => '',
): BandLines {
  const lines: BandLines = { distance: [], energyEv: [], hover: [] };
  const energies = bands.energiesEv[spin]!;
  const names = bands.kpoints.map((_, index) => kpointName(bands, index));
  const bandCount = energies[0]?.length ?? 0;
  const ofSpin = bands.energiesEv.length > 1 ? [' up', ' down'][spin] : '';
  for (let band = 0; band < bandCount; band++)
    for (const [from, to] of bands.segments) {
      for (let k = from; k <= to; k++) {
        const energy = energies[k]![band]! - zeroEv;
        lines.distance.push(bands.kpoints[k]!.distance);
        lines.energyEv.push(energy);
        lines.hover.push(`band ${band + 1}${ofSpin}, k = ${names[k]}, ${fixed(energy, 2)} eV${moreOf(k, band)}`);
      }
      lines.distance.push(null);
      lines.energyEv.push(null);
      lines.hover.push('');
    }
  return lines;
}

/** The window that is shown at first, eV above zero: the valence bands and the first of the others. */
export function energyWindow(energiesEv: Iterable<number>, gapEv: number): [number, number] {
  let lowest = 0;
  let highest = 0;
  for (const energy of energiesEv) {
    if (energy < lowest) lowest = energy;
    if (energy > highest) highest = energy;
  }
  return [Math.max(lowest - 0.6, -WINDOW_BELOW_EV), Math.min(highest + 0.4, gapEv + WINDOW_ABOVE_EV)];
}

/** Deep semicore states stay below the window; one zooms out to see them. */
const WINDOW_BELOW_EV = 16;
const WINDOW_ABOVE_EV = 7;

/** Narrow levels deeper than this, such as semicore d states, do not set the scale of a density of states. */
const SCALE_BELOW_EV = 10;

/**
 * The density that fills the width of a plot, states/eV: the largest near the zero of energy, so that a spike of deep states
 * leaves the valence bands in sight; the largest of all that is shown where there is nothing near it.
 */
export function statesScale(dos: DosResult, zeroEv: number, [low, high]: [number, number]): number {
  const largest = (from: number) =>
    dos.statesPerEv.reduce(
      (most, states) =>
        states.reduce((best, value, i) => {
          const above = dos.energiesEv[i]! - zeroEv;
          return above >= from && above <= high ? Math.max(best, value) : best;
        }, most),
      0,
    );
  return Math.max(1e-9, largest(Math.max(low, -SCALE_BELOW_EV)) || largest(low));
}

/** Energies of all bands above the zero of the plot. */
export function* energiesAbove(bands: BandsResult, zeroEv = bands.zeroEv): Generator<number> {
  for (const spin of bands.energiesEv) for (const point of spin) for (const energy of point) yield energy - zeroEv;
}
