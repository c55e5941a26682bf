import type { Figure, Layout } from 'plotly.js-strict-dist-min';
import type { ExfoliationResult } from '@/server/schemas/results';
import { quantity } from '../format/number';
import { type ColorScheme, seriesColors, tokenValue } from '../theme/tokens';
import { axisLook, layoutLook } from './plot-look';

/** Beyond the larger of what was found and the last limit. */
const ROOM = 1.15;
/** One number on a line needs no more, px. */
const HEIGHT = 170;

/** The energy by area on a line, between the limits of easy and of possible exfoliation where there are any. */
export function exfoliationFigure(
  { energyMevPerAngstrom2: energy, limits }: ExfoliationResult,
  scheme: ColorScheme,
): Figure {
  const look = axisLook(scheme);
  const most = ROOM * Math.max(energy ?? 0, limits?.possibleBelow ?? 40);
  const least = Math.min(0, ROOM * (energy ?? 0));
  const zones = limits
    ? ([
        [least, limits.easyBelow, 'easy', 0.22],
        [limits.easyBelow, limits.possibleBelow, 'possible', 0.1],
        [limits.possibleBelow, most, 'hard', 0],
      ] as const)
    : [];
  const color = seriesColors[scheme][0];
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x: [energy],
        y: [0],
        hoverinfo: 'skip',
        marker: { color, size: 15, symbol: 'diamond' },
      },
    ],
    layout: {
      ...layoutLook(scheme),
      height: HEIGHT,
      showlegend: false,
      margin: { l: 24, r: 24, t: 12, b: 52 },
      xaxis: {
        ...look,
        range: [least, most],
        title: { text: '<i>E</i> (meV/Å<sup>2</sup>)', standoff: 6 },
        showgrid: false,
        zeroline: false,
      },
      yaxis: {
        ...look,
        showticklabels: false,
        ticks: '',
        showgrid: false,
        fixedrange: true,
        range: [-1, 1],
        zeroline: false,
      },
      shapes: [
        ...zones.map(([from, to, , opacity]) => ({
          ...{ type: 'rect', x0: from, x1: to, yref: 'paper', y0: 0, y1: 1, layer: 'below' },
          ...{ fillcolor: color, opacity, line: { width: 0 } },
        })),
        ...zones.slice(1).map(([from]) => limit(from, scheme)),
      ],
      annotations: [
        ...zones.map(([from, to, words]) => ({
          ...{ x: (from + to) / 2, y: 0.98, yref: 'paper', yanchor: 'top', text: words, showarrow: false },
          font: { color: tokenValue('ink-soft', scheme) },
        })),
        ...(energy === null
          ? []
          : [
              {
                ...{ x: energy, y: -0.15, yanchor: 'top', text: quantity(energy, 1, 'meV/Å²'), showarrow: false },
                bgcolor: tokenValue('surface', scheme),
              },
            ]),
      ],
    },
  };
}

const limit = (x: number, scheme: ColorScheme): Layout => ({
  type: 'line',
  ...{ x0: x, x1: x, yref: 'paper', y0: 0, y1: 1 },
  line: { color: tokenValue('line-strong', scheme), width: 1, dash: '5px,4px' },
});
