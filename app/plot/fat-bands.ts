import type { Trace } from 'plotly.js-strict-dist-min';
import type { BandsResult } from '@/server/schemas/results';
import { type ColorScheme, seriesColors } from '../theme/tokens';
import { type Grouping, groupOrbitals, type OrbitalGroup } from './orbital-groups';

/** Below this share nothing is told. */
const LEAST_SHARE = 0.03;

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

/** The share of each group in a state. */
export function sharesOf({ projections }: BandsResult, groups: OrbitalGroup[], spin: number, k: number, band: number) {
  const weights = projections!.weights[spin]![k]![band]!;
  return groups.map(({ members }) => members.reduce((sum, o) => sum + weights[o]!, 0));
}

/** "O p 62 %, Ti d 30 %": the groups that are in a state, the largest first. */
export function sharesText(bands: BandsResult, groups: OrbitalGroup[], spin: number, k: number, band: number): string {
  return sharesOf(bands, groups, spin, k, band)
    .map((share, g) => ({ share, name: groups[g]!.name }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((one, other) => other.share - one.share)
    .map(({ share, name }) => `, ${name} ${Math.round(100 * share)} %`)
    .join('');
}

interface RibbonLook {
  zeroEv: number;
  /** Of a state that is all of one group, eV. */
  widthEv: number;
  scheme: ColorScheme;
  hasSpins: boolean;
}

/**
 * Ribbons along the bands, their width as the share of the group in the state; those of several groups lie side by side, so that
 * none hides another and all together are as wide as what the orbitals hold of the state. One trace a group and spin.
 */
export function fatBandTraces(
  bands: BandsResult,
  groups: OrbitalGroup[],
  { zeroEv, widthEv, scheme, hasSpins }: RibbonLook,
): Trace[] {
  if (!bands.projections) return [];
  const { energiesEv, kpoints, segments } = bands;
  const traces: Trace[] = [];
  for (const [g, { name }] of groups.entries())
    for (const [spin, points] of energiesEv.entries()) {
      const x: (number | null)[] = [];
      const y: (number | null)[] = [];
      for (let band = 0; band < (points[0]?.length ?? 0); band++)
        for (const [from, to] of segments) {
          const upper: number[] = [];
          const lower: number[] = [];
          const along: number[] = [];
          for (let k = from; k <= to; k++) {
            const shares = sharesOf(bands, groups, spin, k, band);
            const all = shares.reduce((sum, share) => sum + share, 0);
            const below = shares.slice(0, g).reduce((sum, share) => sum + share, 0) - all / 2;
            const energy = points[k]![band]! - zeroEv;
            along.push(kpoints[k]!.distance);
            lower.push(energy + widthEv * below);
            upper.push(energy + widthEv * (below + shares[g]!));
          }
          x.push(...along, ...along.toReversed(), null);
          y.push(...upper, ...lower.toReversed(), null);
        }
      traces.push({
        type: 'scatter',
        mode: 'lines',
        ...{ x, y, name },
        fill: 'toself',
        fillcolor: `${groupColor(g, scheme)}${hasSpins && spin === 1 ? '80' : 'd0'}`,
        line: { width: 0 },
        hoverinfo: 'skip',
        legendgroup: name,
        showlegend: spin === 0,
      });
    }
  return traces;
}

export const groupColor = (index: number, scheme: ColorScheme) =>
  seriesColors[scheme][index % seriesColors[scheme].length]!;
