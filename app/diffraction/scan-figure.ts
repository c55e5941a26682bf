import type { Figure } from 'plotly.js-strict-dist-min';
import { axisLook, layoutLook } from '../plot/plot-look';
import { type ColorScheme, tokenValue } from '../theme/tokens';
import type { Scan } from './MeasuredScan';

/** A scan as it was counted, its lines marked below it. */
export const scanFigure = ({ pattern, lines }: Scan, scheme: ColorScheme): Figure =>
  ({
    data: [
      {
        ...{ type: 'scattergl', mode: 'lines', name: 'measured' },
        ...{ x: pattern.twoThetaDegrees, y: pattern.intensities },
        line: { color: tokenValue('accent', scheme), width: 1.4 },
        hovertemplate: '2θ %{x:.3f}°: %{y}<extra></extra>',
      },
      {
        ...{ type: 'scatter', mode: 'markers', name: 'lines found' },
        x: lines.map(({ twoThetaDegrees }) => twoThetaDegrees),
        y: lines.map(() => 0),
        text: lines.map(({ intensity }) => intensity.toFixed(1)),
        hovertemplate: '2θ %{x:.3f}°, intensity %{text}<extra></extra>',
        marker: { color: tokenValue('warn', scheme), size: 9, symbol: 'triangle-up' },
      },
    ],
    layout: {
      ...layoutLook(scheme),
      xaxis: { ...axisLook(scheme), title: { text: '2θ (°)' }, zeroline: false },
      yaxis: { ...axisLook(scheme), title: { text: 'Counts' }, rangemode: 'tozero' },
    },
  }) as unknown as Figure;
