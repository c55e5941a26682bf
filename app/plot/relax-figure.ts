import type { Figure, Layout, Trace } from 'plotly.js-strict-dist-min';
import { fixed, plain } from '../format/number';
import { type ColorScheme, seriesColors, tokenValue } from '../theme/tokens';
import { axisLook, layoutLook } from './plot-look';

export interface GeometryPoint {
  step: number;
  /** Counts the runs with fresh plane waves; null while it runs. */
  run: number | null;
  energyEv: number;
  largestForceEvPerAngstrom: number;
  pressureGpa: number | null;
}

const GAP = 0.05;

interface Panel {
  title: string;
  values: (number | null)[];
  hover: (value: number, step: number) => string;
  isLog: boolean;
  level: number | null;
}

/** Energy, largest force and pressure above each other against the step; thin verticals where a run with fresh plane waves begins. */
export function relaxFigure(
  points: GeometryPoint[],
  { forceTolerance, atoms }: { forceTolerance: number | null; atoms: number },
  scheme: ColorScheme,
): Figure {
  const last = points.at(-1)?.energyEv ?? 0;
  const panels: Panel[] = [
    {
      title: 'Δ<i>E</i> (meV/atom)',
      values: points.map(({ energyEv }) => (1000 * (energyEv - last)) / atoms),
      hover: (value, step) => `step ${step}: ${fixed(value, 2)} meV per atom above the last`,
      isLog: false,
      level: null,
    },
    {
      title: 'Largest force<br>(eV/Å)',
      // A force of zero, by symmetry, has no place on a log axis.
      values: points.map(({ largestForceEvPerAngstrom: force }) => (force > 1e-9 ? force : null)),
      hover: (value, step) => `step ${step}: largest force ${plain(value, 3)} eV/Å`,
      isLog: true,
      level: forceTolerance,
    },
    ...(points.some(({ pressureGpa }) => pressureGpa !== null)
      ? [
          {
            title: 'Pressure<br>(GPa)',
            values: points.map(({ pressureGpa }) => pressureGpa),
            hover: (value: number, step: number) => `step ${step}: pressure ${fixed(value, 2)} GPa`,
            isLog: false,
            level: null,
          },
        ]
      : []),
  ];
  const share = (1 - GAP * (panels.length - 1)) / panels.length;
  const look = axisLook(scheme);
  const bottoms = panels.map((_, i) => (panels.length - 1 - i) * (share + GAP));
  const axes = Object.fromEntries(
    panels.map(({ title, isLog }, i) => [
      `yaxis${i === 0 ? '' : i + 1}`,
      {
        ...look,
        domain: [bottoms[i]!, bottoms[i]! + share],
        title: { text: title, standoff: 8, font: { size: 13 } },
        zeroline: false,
        nticks: 4,
        ...(isLog ? { type: 'log', exponentformat: 'power', dtick: 1 } : {}),
      } satisfies Layout,
    ]),
  );
  return {
    data: panels.map((panel, i) => traceOf(panel, points, i, scheme)),
    layout: {
      ...layoutLook(scheme),
      showlegend: false,
      margin: { l: 84, r: 14, t: 12, b: 48 },
      xaxis: {
        ...look,
        anchor: `y${panels.length === 1 ? '' : panels.length}`,
        range: [-0.4, Math.max(1, points.length - 1) + 0.4],
        title: { text: 'Step', standoff: 6 },
        mirror: false,
        showgrid: false,
        zeroline: false,
        dtick: points.length <= 12 ? 1 : undefined,
      },
      ...axes,
      shapes: [
        ...runStarts(points).map((step) => ({
          type: 'line',
          yref: 'paper',
          ...{ x0: step - 0.5, x1: step - 0.5, y0: 0, y1: 1 },
          line: { color: tokenValue('line-strong', scheme), width: 0.75 },
        })),
        ...panels.flatMap(({ level }, i) =>
          level === null
            ? []
            : [
                {
                  type: 'line',
                  xref: 'paper',
                  yref: `y${i === 0 ? '' : i + 1}`,
                  ...{ x0: 0, x1: 1, y0: level, y1: level },
                  line: { color: tokenValue('good', scheme), width: 1.2, dash: '6px,4px' },
                },
              ],
        ),
      ],
    },
  };
}

function traceOf({ values, hover }: Panel, points: GeometryPoint[], index: number, scheme: ColorScheme): Trace {
  const color = seriesColors[scheme][index];
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: points.map((_, i) => i),
    y: values,
    text: values.map((value, i) => (value === null ? '' : hover(value, i))),
    hoverinfo: 'text',
    line: { color, width: 1.8 },
    marker: { color, size: 6 },
    ...(index === 0 ? {} : { yaxis: `y${index + 1}` }),
  };
}

/** The points at which a new run begins, the first left out. */
export const runStarts = (points: GeometryPoint[]): number[] =>
  points.flatMap(({ run }, i) => (i > 0 && run !== null && run !== points[i - 1]!.run ? [i] : []));
