import type { Trace } from 'plotly.js-dist-min';
import type { BandsResult } from '@/server/schemas/results';
import { fixed } from '../format/number';
import { type ColorScheme, seriesColors } from '../theme/tokens';
import { kpointName } from './kpoint-name';
import { type Grouping, groupOrbitals, type OrbitalGroup } from './orbital-groups';

/** Below this share nothing is drawn, and nothing told. */
const LEAST_SHARE = 0.03;
const LARGEST_PX = 13;
/** Beyond so many marks SVG becomes slow. */
const MARKS_MAX = 15_000;
const spinWords = ['up', 'down'];

export function bandGroups({ projections }: BandsResult, grouping: Grouping): OrbitalGroup[] {
  if (!projections) return [];
  const { orbitals, weights } = projections;
  const totals = orbitals.map((_, o) => {
    let sum = 0;
    for (const spin of weights) for (const point of spin) for (const band of point) sum += band[o]!;
    return sum;
  });
  return groupOrbitals(orbitals, grouping, (members) => members.reduce((sum, o) => sum + totals[o]!, 0));
}

/** Marks on the bands, their area as the share of the group in the state; one trace a group and spin. */
export function fatBandTraces(
  bands: BandsResult,
  groups: OrbitalGroup[],
  zeroEv: number,
  scheme: ColorScheme,
): Trace[] {
  const { projections, energiesEv, kpoints } = bands;
  if (!projections) return [];
  const names = kpoints.map((_, k) => kpointName(bands, k));
  const states = energiesEv.reduce((sum, spin) => sum + spin.length * (spin[0]?.length ?? 0), 0);
  return groups.flatMap(({ name, members }, g) =>
    energiesEv.map((points, spin) => {
      const x: number[] = [];
      const y: number[] = [];
      const size: number[] = [];
      const text: string[] = [];
      points.forEach((energies, k) => {
        energies.forEach((energy, band) => {
          const weights = projections.weights[spin]![k]![band]!;
          const share = members.reduce((sum, o) => sum + weights[o]!, 0);
          if (share < LEAST_SHARE) return;
          x.push(kpoints[k]!.distance);
          y.push(energy - zeroEv);
          size.push(LARGEST_PX * Math.sqrt(Math.min(1, share)));
          const ofSpin = energiesEv.length > 1 ? ` ${spinWords[spin]}` : '';
          text.push(
            `band ${band + 1}${ofSpin}, k = ${names[k]}, ${fixed(energy - zeroEv, 2)} eV, ${name} ${Math.round(100 * share)} %`,
          );
        });
      });
      return {
        type: states * groups.length > MARKS_MAX ? 'scattergl' : 'scatter',
        mode: 'markers',
        ...{ x, y, text },
        hoverinfo: 'text',
        name,
        legendgroup: name,
        showlegend: spin === 0,
        marker: {
          color: groupColor(g, scheme),
          size,
          opacity: 0.55,
          symbol: spin === 1 ? 'diamond' : 'circle',
          line: { width: 0 },
        },
      };
    }),
  );
}

export const groupColor = (index: number, scheme: ColorScheme) =>
  seriesColors[scheme][index % seriesColors[scheme].length]!;
