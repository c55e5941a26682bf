import type { Figure } from 'plotly.js-strict-dist-min';
import type { Vector3 } from '@/kernels/crystal/schema';
import { youngAlong } from '@/kernels/mechanics/moduli';
import { fixed } from '../format/number';
import { type ColorScheme, seriesColors } from '../theme/tokens';
import { axisLook, layoutLook } from './plot-look';

const STEPS = 180;
const planes = [
  { name: 'xy', at: (c: number, s: number): Vector3 => [c, s, 0] },
  { name: 'xz', at: (c: number, s: number): Vector3 => [c, 0, s] },
  { name: 'yz', at: (c: number, s: number): Vector3 => [0, c, s] },
] as const;
const dashes = ['solid', '7px,4px', '2px,3px'];

/** Young's modulus by direction in the three planes of the axes: the distance of a curve from the middle is the modulus that way. */
export function youngFigure(complianceGpa: readonly (readonly number[])[], scheme: ColorScheme): Figure {
  const turns = Array.from({ length: STEPS + 1 }, (_, i) => (2 * Math.PI * i) / STEPS);
  const curves = planes.map(({ at }) =>
    turns.map((turn) => youngAlong(complianceGpa, at(Math.cos(turn), Math.sin(turn)))),
  );
  const reach = 1.08 * Math.max(...curves.flat().filter(Number.isFinite));
  const look = { ...axisLook(scheme), range: [-reach, reach], nticks: 7, mirror: false, constrain: 'domain' };
  return {
    data: planes.map(({ name }, i) => ({
      type: 'scatter',
      mode: 'lines',
      name: `${name[0]}${name[1]} plane`,
      x: curves[i]!.map((young, t) => young * Math.cos(turns[t]!)),
      y: curves[i]!.map((young, t) => young * Math.sin(turns[t]!)),
      text: curves[i]!.map(
        (young, t) =>
          `${name} plane, ${fixed((180 * turns[t]!) / Math.PI, 0)}° from ${name[0]}: ${fixed(young, 1)} GPa`,
      ),
      hoverinfo: 'text',
      line: { color: seriesColors[scheme][i]!, width: 1.8, dash: dashes[i]! },
    })),
    layout: {
      ...layoutLook(scheme),
      showlegend: true,
      legend: { orientation: 'h', y: 1.06, x: 0.5, xanchor: 'center' },
      margin: { l: 64, r: 14, t: 30, b: 52 },
      xaxis: { ...look, title: { text: '<i>E</i> along the first axis (GPa)', standoff: 6 }, zeroline: true },
      yaxis: {
        ...look,
        title: { text: '<i>E</i> along the second axis (GPa)', standoff: 8 },
        zeroline: true,
        scaleanchor: 'x',
        scaleratio: 1,
      },
    },
  };
}
