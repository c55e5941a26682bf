import type { Figure, Layout } from 'plotly.js-strict-dist-min';
import { EV_PER_ANGSTROM3_GPA } from '@/kernels/core/constants';
import { energyOf, pressureOf } from '@/kernels/mechanics/equation-of-state';
import type { EosResult } from '@/server/schemas/results';
import { fixed } from '../format/number';
import { type ColorScheme, seriesColors, tokenValue } from '../theme/tokens';
import { axisLook, layoutLook } from './plot-look';

const CURVE_POINTS = 121;
const GAP = 0.08;

/** Energy above the least one, and the pressure, against the volume, each per atom: what was computed, and the curve through the energies. */
export function eosFigure({ atoms, points, fit }: EosResult, scheme: ColorScheme): Figure {
  const look = axisLook(scheme);
  const known = points.filter(({ energyEv }) => energyEv !== null);
  const lowest = fit?.energyEv ?? Math.min(...known.map(({ energyEv }) => energyEv!));
  const volumes = points.map(({ volumeAngstrom3 }) => volumeAngstrom3);
  const [least, most] = [Math.min(...volumes), Math.max(...volumes)];
  const along = Array.from({ length: CURVE_POINTS }, (_, i) => least + ((most - least) * i) / (CURVE_POINTS - 1));
  const [energyColor, pressureColor] = seriesColors[scheme];
  const marks = (y: (number | null)[], words: string[], color: string, axis: string) => ({
    type: 'scatter',
    mode: 'markers',
    x: volumes.map((volume) => volume / atoms),
    y,
    text: words,
    hoverinfo: 'text',
    marker: { color, size: 8 },
    yaxis: axis,
  });
  const line = (y: number[], color: string, axis: string) => ({
    type: 'scatter',
    mode: 'lines',
    x: along.map((volume) => volume / atoms),
    y,
    hoverinfo: 'skip',
    line: { color, width: 1.8 },
    yaxis: axis,
  });
  const curve = fit && curveOf(fit);
  const per = (volume: number) => `${fixed(volume / atoms, 3)} Å³ per atom`;
  return {
    data: [
      ...(curve
        ? [
            line(
              along.map((volume) => (1000 * (energyOf(curve, volume) - lowest)) / atoms),
              energyColor!,
              'y',
            ),
            line(
              along.map((volume) => EV_PER_ANGSTROM3_GPA * pressureOf(curve, volume)),
              pressureColor!,
              'y2',
            ),
          ]
        : []),
      marks(
        points.map(({ energyEv }) => (energyEv === null ? null : (1000 * (energyEv - lowest)) / atoms)),
        points.map(
          ({ energyEv, volumeAngstrom3 }) =>
            `${per(volumeAngstrom3)}: ${fixed(energyEv === null ? null : (1000 * (energyEv - lowest)) / atoms, 2)} meV per atom above the least`,
        ),
        energyColor!,
        'y',
      ),
      marks(
        points.map(({ pressureGpa }) => pressureGpa),
        points.map(
          ({ pressureGpa, volumeAngstrom3 }) => `${per(volumeAngstrom3)}: ${fixed(pressureGpa, 2)} GPa from the stress`,
        ),
        pressureColor!,
        'y2',
      ),
    ],
    layout: {
      ...layoutLook(scheme),
      showlegend: false,
      margin: { l: 72, r: 14, t: 12, b: 52 },
      xaxis: {
        ...look,
        anchor: 'y2',
        title: { text: 'Volume (Å<sup>3</sup>/atom)', standoff: 6 },
        mirror: false,
        showgrid: false,
        zeroline: false,
      },
      yaxis: axis(look, 'Δ<i>E</i> (meV/atom)', [0.5 + GAP / 2, 1]),
      yaxis2: axis(look, '<i>P</i> (GPa)', [0, 0.5 - GAP / 2]),
      shapes: [
        dashed({ yref: 'y2', x0: 0, x1: 1, xref: 'paper', y0: 0, y1: 0 }, scheme),
        ...(fit
          ? [
              dashed(
                { x0: fit.volumeAngstrom3 / atoms, x1: fit.volumeAngstrom3 / atoms, yref: 'paper', y0: 0, y1: 1 },
                scheme,
              ),
            ]
          : []),
      ],
    },
  };
}

/** In eV and angstrom. */
export const curveOf = (fit: NonNullable<EosResult['fit']>) => ({
  volume: fit.volumeAngstrom3,
  energy: fit.energyEv,
  bulkModulus: fit.bulkModulusGpa / EV_PER_ANGSTROM3_GPA,
  bulkModulusDerivative: fit.bulkModulusDerivative,
});

const axis = (look: Layout, title: string, domain: [number, number]): Layout => ({
  ...look,
  domain,
  title: { text: title, standoff: 8, font: { size: 13 } },
  zeroline: false,
  nticks: 5,
});

const dashed = (place: Layout, scheme: ColorScheme) => ({
  type: 'line',
  ...place,
  line: { color: tokenValue('line-strong', scheme), width: 1, dash: '5px,4px' },
});
