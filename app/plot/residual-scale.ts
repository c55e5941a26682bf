export interface ResidualPoint {
  iteration: number;
  residual: number;
}

export interface ResidualScale {
  /** Powers of ten at bottom and top, whole. */
  low: number;
  high: number;
  /** Powers that get a line and a label. */
  decades: number[];
  iterations: number;
  /** 0 to 1 from the left; 0 to 1 from the top. */
  x: (iteration: number) => number;
  y: (residual: number) => number;
}

const LABELS_MAX = 7;
const ITERATIONS_MIN = 8;

/** A log axis that holds all residuals and the threshold, with room for some more iterations; a residual of zero sits at the bottom. */
export function residualScale(points: ResidualPoint[], threshold: number | null): ResidualScale {
  const seen = [...points.map(({ residual }) => residual), ...(threshold ? [threshold] : [])].filter((x) => x > 0);
  const powers = seen.length > 0 ? seen.map(Math.log10) : [-10, 0];
  const low = Math.floor(Math.min(...powers));
  const high = Math.max(Math.ceil(Math.max(...powers)), low + 1);
  const step = Math.ceil((high - low + 1) / LABELS_MAX);
  const iterations = Math.max(ITERATIONS_MIN, ...points.map(({ iteration }) => iteration + 1));
  return {
    ...{ low, high, iterations },
    decades: Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((power) => (power - low) % step === 0),
    x: (iteration) => (iteration - 1) / (iterations - 1),
    y: (residual) => (residual > 0 ? (high - Math.log10(residual)) / (high - low) : 1),
  };
}
