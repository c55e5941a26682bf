'use client';
import type { Figure } from 'plotly.js-dist-min';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './plot.module.css';

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

/** A Plotly figure that keeps its size from the first paint and follows its frame. */
export function PlotlyChart({ figure, text, placeholder, resets }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);

  useEffect(() => {
    let hasEnded = false;
    void import('plotly.js-dist-min').then(async ({ default: plotly }) => {
      const host = element.current;
      if (hasEnded || !host) return;
      const { width, height } = host.getBoundingClientRect();
      await plotly.react(host, figure.data, { ...figure.layout, width, height, uirevision: resets }, config);
      if (!hasEnded) setIsDrawn(true);
    });
    return () => {
      hasEnded = true;
    };
  }, [figure, resets]);

  useEffect(() => {
    const host = element.current;
    if (!host || !isDrawn) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      void import('plotly.js-dist-min').then(({ default: plotly }) => plotly.relayout(host, { width, height }));
    });
    observer.observe(host);
    return () => observer.disconnect();
  }, [isDrawn]);

  useEffect(() => {
    const host = element.current;
    return () => {
      if (host) void import('plotly.js-dist-min').then(({ default: plotly }) => plotly.purge(host));
    };
  }, []);

  return (
    <div className={styles.frame} role="img" aria-label={text}>
      <div ref={element} className={styles.chart} data-drawn={isDrawn || undefined} />
      {!isDrawn && <div className={styles.placeholder}>{placeholder}</div>}
    </div>
  );
}
