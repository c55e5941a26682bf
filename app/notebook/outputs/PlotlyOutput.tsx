'use client';
import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { PlotlyChart } from '../../plot/PlotlyChart';
import { axisLook, layoutLook } from '../../plot/plot-look';
import { seriesColors } from '../../theme/tokens';
import { JsonTree } from './JsonTree';
import styles from './outputs.module.css';

const HEIGHT_PX = 400;

/** A figure of Plotly, drawn with the page's own colours where it names none. */
export function PlotlyOutput({ value }: { value: unknown }) {
  const scheme = useComputedColorScheme('light');
  const given = value as { data?: unknown; layout?: Record<string, unknown> } | null;
  const figure = useMemo(() => {
    if (!Array.isArray(given?.data)) return null;
    const { template: _, width: __, height: ___, ...layout } = given.layout ?? {};
    const axis = (name: string) => ({ ...axisLook(scheme), ...(layout[name] as object | undefined) });
    return {
      data: given.data as Record<string, unknown>[],
      layout: {
        ...layoutLook(scheme),
        colorway: [...seriesColors[scheme]],
        ...layout,
        ...{ xaxis: axis('xaxis'), yaxis: axis('yaxis') },
      },
    };
  }, [given, scheme]);
  if (!figure) return <JsonTree value={value} />;
  const height = Math.min(1200, Math.max(160, Number(given?.layout?.['height']) || HEIGHT_PX));
  return (
    <div className={styles.plot} style={{ height }}>
      <PlotlyChart figure={figure} text={describe(given)} placeholder={null} resets={0} />
    </div>
  );
}

function describe(given: { data?: unknown; layout?: Record<string, unknown> } | null): string {
  const title = given?.layout?.['title'];
  const words = typeof title === 'string' ? title : (title as { text?: unknown } | undefined)?.text;
  const traces = ((given?.data ?? []) as { name?: unknown; type?: unknown }[]).map(({ name, type }) =>
    String(name ?? type ?? 'line'),
  );
  return `Plot${words ? ` of ${String(words)}` : ''} with ${traces.slice(0, 8).join(', ')}`.slice(0, 300);
}
