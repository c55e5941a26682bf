import type { Figure, Layout } from 'plotly.js-strict-dist-min';
import type { ExfoliationResult } from '@/server/schemas/results';
import { quantity } from '../format/number';
import { type ColorScheme, seriesColors, tokenValue } from '../theme/tokens';
import { axisLook, layoutLook } from './plot-look';

/** Beyond the larger of what was found and the last limit. */
const ROOM = 1.15;

/** The energy by area as a bar, between the limits of easy and of possible exfoliation where there are any. */
export function exfoliationFigure(
  { energyMevPerAngstrom2: energy, limits }: ExfoliationResult,
  scheme: ColorScheme,
): Figure {
  const look = axisLook(scheme);
  const most = ROOM * Math.max(energy ?? 0, limits?.possibleBelow ?? 40);
  const least = Math.min(0, ROOM * (energy ?? 0));
  const zones = limits
    ? ([
        [0, limits.easyBelow, 'easy'],
        [limits.easyBelow, limits.possibleBelow, 'possible'],
        [limits.possibleBelow, most, 'hard'],
      ] as const)
    : [];
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        x: [energy],
        y: [''],
        width: [0.34],
        text: [quantity(energy, 1, 'meV/Å²')],
        textposition: 'outside',
        cliponaxis: false,
        hoverinfo: 'skip',
        marker: { color: seriesColors[scheme][0] },
      },
    ],
    layout: {
      ...layoutLook(scheme),
      showlegend: false,
      margin: { l: 24, r: 24, t: 12, b: 52 },
      xaxis: {
        ...look,
        range: [least, most],
        title: { text: '<i>E</i> (meV/Å<sup>2</sup>)', standoff: 6 },
        showgrid: false,
        zeroline: false,
      },
      yaxis: { ...look, showticklabels: false, ticks: '', showgrid: false, fixedrange: true, range: [-0.6, 0.6] },
      shapes: [limit(0, scheme, 'solid'), ...zones.slice(1).map(([from]) => limit(from, scheme, '5px,4px'))],
      annotations: zones.map(([from, to, words]) => ({
        x: (from + to) / 2,
        y: 0.98,
        yref: 'paper',
        yanchor: 'top',
        text: words,
        showarrow: false,
        font: { color: tokenValue('ink-soft', scheme) },
      })),
    },
  };
}

const limit = (x: number, scheme: ColorScheme, dash: string): Layout => ({
  type: 'line',
  ...{ x0: x, x1: x, yref: 'paper', y0: 0, y1: 1 },
  line: { color: tokenValue('line-strong', scheme), width: 1, dash },
});
