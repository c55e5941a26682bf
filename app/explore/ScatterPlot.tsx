'use client';
import { NativeSelect, useComputedColorScheme } from '@mantine/core';
import type { Figure } from 'plotly.js-strict-dist-min';
import { useEffect, useMemo } from 'react';
import { type ColumnHead, headText } from '@/server/schemas/explorer/columns';
import type { ExplorerState } from '@/server/schemas/explorer/explorer-state';
import { PlotlyChart } from '../plot/PlotlyChart';
import { axisLook, layoutLook } from '../plot/plot-look';
import { type ColorScheme, tokenValue } from '../theme/tokens';
import styles from './explore.module.css';
import type { Points } from './use-explorer';

interface Props {
  heads: ColumnHead[];
  axes: ExplorerState['axes'];
  points: Points | null;
  /** The newest selection: points are asked for with each. */
  selection: number;
  wantPoints: (columns: string[]) => void;
  onAxes: (axes: ExplorerState['axes']) => void;
}

/** Two properties of the found entries against each other, coloured by a third. */
export function ScatterPlot({ heads, axes, points, selection, wantPoints, onAxes }: Props) {
  const scheme = useComputedColorScheme('light');
  const numbers = heads.filter(({ isNumber }) => isNumber);
  const headOf = (name: string | null) => numbers.find((head) => head.name === name);
  const own = numbers.filter(({ name }) => name.startsWith('_'));
  const x = headOf(axes.x) ?? own[0] ?? numbers[0]!;
  const y = headOf(axes.y) ?? own.find((head) => head !== x) ?? numbers.find((head) => head !== x)!;
  const colour = axes.colour === 'none' ? undefined : (headOf(axes.colour) ?? headOf('elements'));
  const columns = [x.name, y.name, ...(colour ? [colour.name] : [])].join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection has new points.
  useEffect(() => wantPoints(columns.split(',')), [columns, selection, wantPoints]);

  const figure = useMemo(
    () =>
      points && points.values.length === columns.split(',').length ? drawing(points, { x, y, colour }, scheme) : null,
    [points, columns, x, y, colour, scheme],
  );
  const known = figure ? figure.known : 0;
  const choice = (label: string, value: string, key: keyof ExplorerState['axes'], hasNone = false) => (
    <NativeSelect
      size="xs"
      label={label}
      value={value}
      onChange={(event) => onAxes({ ...axes, [key]: event.currentTarget.value })}
      data={[
        ...(hasNone ? [{ value: 'none', label: 'nothing' }] : []),
        ...numbers.map((head) => ({ value: head.name, label: headText(head) })),
      ]}
    />
  );
  return (
    <div>
      <div className={styles.axes}>
        {choice('Across', x.name, 'x')}
        {choice('Up', y.name, 'y')}
        {choice('Colour', colour?.name ?? 'none', 'colour', true)}
      </div>
      <div className={styles.plot}>
        {figure && (
          <PlotlyChart
            figure={figure.figure}
            text={`${headText(y)} against ${headText(x)} of ${known} entries`}
            placeholder={<p className="faint">The plot is on its way.</p>}
            resets={0}
          />
        )}
      </div>
      {figure && points && known < points.rows.length && (
        <p className="faint">
          {known} of {points.rows.length} entries have both values; the others are not computed or failed, and are not
          drawn.
        </p>
      )}
    </div>
  );
}

interface Axes {
  x: ColumnHead;
  y: ColumnHead;
  colour: ColumnHead | undefined;
}

function drawing(
  { values, rows }: Points,
  { x, y, colour }: Axes,
  scheme: ColorScheme,
): { figure: Figure; known: number } {
  const [xs, ys, shades] = values as [Float64Array, Float64Array, Float64Array?];
  const there = Array.from(rows.keys()).filter((i) => !Number.isNaN(xs[i]!) && !Number.isNaN(ys[i]!));
  const pick = (from: Float64Array) => Float64Array.from(there, (i) => from[i]!);
  const marker = shades
    ? {
        color: Array.from(there, (i) => (Number.isNaN(shades[i]!) ? null : shades[i]!)),
        colorscale: 'Viridis',
        colorbar: { title: { text: colour ? headText(colour) : '', side: 'right' }, thickness: 12, outlinewidth: 0 },
      }
    : { color: tokenValue('accent', scheme) };
  const axis = (head: ColumnHead) => ({ ...axisLook(scheme), title: { text: headText(head) }, zeroline: false });
  const figure: Figure = {
    data: [
      {
        type: 'scattergl',
        mode: 'markers',
        x: pick(xs),
        y: pick(ys),
        marker: { ...marker, size: there.length > 5_000 ? 4 : 6, opacity: there.length > 5_000 ? 0.6 : 0.85 },
        hovertemplate: `${x.title}: %{x}${x.unit ? ` ${x.unit}` : ''}<br>${y.title}: %{y}${y.unit ? ` ${y.unit}` : ''}<extra></extra>`,
        showlegend: false,
      },
    ],
    layout: { ...layoutLook(scheme), xaxis: axis(x), yaxis: axis(y) },
  } as unknown as Figure;
  return { figure, known: there.length };
}
