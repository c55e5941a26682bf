import type { Trace } from 'plotly.js-strict-dist-min';
import type { DosResult } from '@/server/schemas/results';
import { fixed } from '../format/number';
import { type ColorScheme, tokenValue } from '../theme/tokens';
import { groupColor } from './fat-bands';
import { type Grouping, groupOrbitals, type OrbitalGroup } from './orbital-groups';

export const dosStyles = ['lines', 'stacked'] as const;
export type DosStyle = (typeof dosStyles)[number];
const spinWords = ['up', 'down'];

export function dosGroups({ projections }: DosResult, grouping: Grouping): OrbitalGroup[] {
  if (!projections) return [];
  const { orbitals, statesPerEv } = projections;
  const totals = orbitals.map((_, o) =>
    statesPerEv.reduce((sum, spin) => sum + spin[o]!.reduce((a, b) => a + b, 0), 0),
  );
  return groupOrbitals(orbitals, grouping, (members) => members.reduce((sum, o) => sum + totals[o]!, 0));
}

/** The density of states of a group and spin, states/eV. */
export function groupStates({ projections }: DosResult, { members }: OrbitalGroup, spin: number): number[] {
  const curves = members.map((o) => projections!.statesPerEv[spin]![o]!);
  return (curves[0] ?? []).map((_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0));
}

/** Groups in their colours, as lines or on top of each other, and the total as an outline; spin down to the other side. */
export function projectedDosTraces(
  dos: DosResult,
  groups: OrbitalGroup[],
  {
    zeroEv,
    style,
    scheme,
    axis,
    hasLegend,
  }: { zeroEv: number; style: DosStyle; scheme: ColorScheme; axis: object; hasLegend: boolean },
): Trace[] {
  const y = dos.energiesEv.map((energy) => energy - zeroEv);
  const isPolarized = dos.statesPerEv.length > 1;
  return dos.statesPerEv.flatMap((total, spin): Trace[] => {
    const sign = spin === 1 ? -1 : 1;
    const curve = (name: string, states: number[], look: object): Trace => ({
      type: 'scatter',
      mode: 'lines',
      x: states.map((value) => sign * value),
      y,
      text: states.map(
        (value, i) =>
          `${name}${isPolarized ? ` ${spinWords[spin]}` : ''}: ${fixed(value, 2)} states/eV at ${fixed(y[i]!, 2)} eV`,
      ),
      hoverinfo: 'text',
      name,
      legendgroup: name,
      showlegend: hasLegend && spin === 0,
      ...look,
      ...axis,
    });
    return [
      ...groups.map((group, g) => {
        const color = groupColor(g, scheme);
        const line = { color, width: 1.4, dash: spin === 1 ? 'dash' : 'solid' };
        return curve(group.name, groupStates(dos, group, spin), {
          line,
          ...(style === 'stacked' ? { stackgroup: `spin ${spin}`, orientation: 'h', fillcolor: `${color}66` } : {}),
        });
      }),
      curve('total', total, { line: { color: tokenValue('ink-soft', scheme), width: 1.2 } }),
    ];
  });
}
