'use client';
import type { Figure } from 'plotly.js-strict-dist-min';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './plot.module.css';
import { fitLayout } from './plot-look';

interface Props {
  figure: Figure;
  /** What the drawing shows, in words. */
  text: string;
  /** Shown until Plotly has come, and instead of it where it does not come. */
  placeholder: ReactNode;
  /** Rises to put the axes back. */
  resets: number;
}

const config = { displayModeBar: false, scrollZoom: false, doubleClick: 'reset', responsive: false };

/** A Plotly figure that keeps its size from the first paint and follows its frame; as high as all others unless its layout says how high. */
export function PlotlyChart({ figure, text, placeholder, resets }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const ownHeight = figure.layout['height'] as number | undefined;

  useEffect(() => {
    let hasEnded = false;
    const observer = new ResizeObserver(() => void draw());
    const draw = async () => {
      const { default: plotly } = await import('plotly.js-strict-dist-min');
      const host = element.current;
      if (hasEnded || !host) return;
      const { width, height } = host.getBoundingClientRect();
      const layout = { ...fitLayout(figure.layout, width, height), uirevision: resets };
      await plotly.react(host, figure.data, layout, config);
      if (!hasEnded) setIsDrawn(true);
    };
    // It tells the first size too, so this is also the first drawing.
    if (element.current) observer.observe(element.current);
    return () => {
      hasEnded = true;
      observer.disconnect();
    };
  }, [figure, resets]);

  useEffect(() => {
    const host = element.current;
    return () => {
      if (host) void import('plotly.js-strict-dist-min').then(({ default: plotly }) => plotly.purge(host));
    };
  }, []);

  return (
    <div className={styles.frame} role="img" aria-label={text} style={ownHeight ? { height: ownHeight } : undefined}>
      <div ref={element} className={styles.chart} data-drawn={isDrawn || undefined} />
      {!isDrawn && <div className={styles.placeholder}>{placeholder}</div>}
    </div>
  );
}
