import type { Figure } from 'plotly.js-strict-dist-min';
import { drawProfile } from '@/kernels/diffraction/profile';
import type { MeasuredPattern, PowderLine } from '@/kernels/diffraction/schema';
import { axisLook, layoutLook } from '../plot/plot-look';
import { type ColorScheme, seriesColors, tokenValue } from '../theme/tokens';
import { PATTERN_START, type PatternChoice } from './use-pattern-choice';
import { angleText, familiesText, multiplicityOf } from './words';

export interface NamedLines {
  name: string;
  lines: readonly PowderLine[];
}

interface Drawn {
  /** One crystal, or several to compare. */
  patterns: readonly NamedLines[];
  measured?: MeasuredPattern | null | undefined;
  choice: PatternChoice;
}

/** A stick is as high as its line; the curve touches it at its own height, whatever its width. */
export function patternFigure({ patterns, measured, choice }: Drawn, scheme: ColorScheme): Figure {
  const colours = seriesColors[scheme];
  const range = [PATTERN_START, choice.endDegrees] as const;
  const drawn = patterns.flatMap(({ name: given, lines }, i) => {
    // Plotly would take an id with brackets for markup.
    const name = given.replaceAll('<', '‹');
    const colour = patterns.length === 1 ? tokenValue('accent', scheme) : colours[i % colours.length]!;
    const dash = patterns.length > 1 ? (['solid', 'dot', 'dash'] as const)[i % 3] : 'solid';
    const { twoThetaDegrees, intensities } = drawProfile(lines, {
      ...{ shape: choice.shape, widthDegrees: choice.widthDegrees },
      rangeDegrees: range,
    });
    return [
      {
        ...{ type: 'scatter', mode: 'lines', name, legendgroup: name, hoverinfo: 'skip' },
        ...{ x: [...twoThetaDegrees], y: [...intensities], line: { color: colour, width: 1.6, dash } },
      },
      sticks(lines, { name, colour: patterns.length === 1 ? tokenValue('ink-soft', scheme) : colour }),
      tops(lines, { name, colour }),
    ];
  });
  return {
    data: [...(measured ? [measuredTrace(measured, tokenValue('warn', scheme))] : []), ...drawn],
    layout: {
      ...layoutLook(scheme),
      showlegend: patterns.length > 1 || Boolean(measured),
      xaxis: { ...axisLook(scheme), title: { text: '2θ (°)' }, range: [...range], zeroline: false },
      yaxis: { ...axisLook(scheme), title: { text: 'Intensity (strongest line 100)' }, rangemode: 'tozero' },
    },
  } as unknown as Figure;
}

const sticks = (lines: readonly PowderLine[], { name, colour }: { name: string; colour: string }) => ({
  ...{ type: 'scatter', mode: 'lines', legendgroup: name, showlegend: false, hoverinfo: 'skip' },
  x: lines.flatMap(({ twoThetaDegrees }) => [twoThetaDegrees, twoThetaDegrees, null]),
  y: lines.flatMap(({ intensity }) => [0, intensity, null]),
  line: { color: colour, width: 1 },
});

/** What the pointer meets at the top of a stick. */
const tops = (lines: readonly PowderLine[], { name, colour }: { name: string; colour: string }) => ({
  ...{ type: 'scatter', mode: 'markers', legendgroup: name, showlegend: false, name },
  x: lines.map(({ twoThetaDegrees }) => twoThetaDegrees),
  y: lines.map(({ intensity }) => intensity),
  text: lines.map(
    (line) =>
      `${familiesText(line.families)}<br>2θ ${angleText(line.twoThetaDegrees)}, d ${line.spacingAngstrom.toFixed(4)} Å` +
      `<br>intensity ${line.intensity.toFixed(2)}, multiplicity ${multiplicityOf(line)}`,
  ),
  hovertemplate: `%{text}<extra>${name}</extra>`,
  marker: { color: colour, size: 4 },
});

/** The highest point is drawn at 100, the lowest at 0. */
function measuredTrace({ twoThetaDegrees, intensities }: MeasuredPattern, colour: string) {
  const low = intensities.reduce((least, y) => Math.min(least, y), Infinity);
  const high = intensities.reduce((most, y) => Math.max(most, y), -Infinity);
  return {
    ...{ type: 'scattergl', mode: 'lines', name: 'measured' },
    x: twoThetaDegrees,
    y: intensities.map((y) => (100 * (y - low)) / (high - low || 1)),
    line: { color: colour, width: 1.2 },
    hovertemplate: 'measured, 2θ %{x:.3f}°<extra></extra>',
  };
}
