/** The part of Plotly 4 that we call. Traces and layouts are its own open-ended vocabulary. */
declare module 'plotly.js-strict-dist-min' {
  export type Trace = Record<string, unknown>;
  export type Layout = Record<string, unknown>;
  export interface Figure {
    data: Trace[];
    layout: Layout;
  }
  interface Plotly {
    react(element: HTMLElement, data: Trace[], layout: Layout, config: Record<string, unknown>): Promise<unknown>;
    purge(element: HTMLElement): void;
    toImage(
      figure: Figure,
      options: { format: 'png' | 'svg'; width: number; height: number; scale: number },
    ): Promise<string>;
  }
  const plotly: Plotly;
  export default plotly;
}
