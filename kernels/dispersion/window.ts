export interface ValueAndSlope {
  value: number;
  slope: number;
}

/** Takes a function to zero between reach - window and reach + window, by 1 - 10 t^3 + 15 t^4 - 6 t^5. */
export function windowed(r: number, reach: number, window: number, value: number, slope: number): ValueAndSlope {
  const t = (r - reach + window) / (2 * window);
  if (t <= 0) return { value, slope };
  const kept = 1 - t * t * t * (10 - 15 * t + 6 * t * t);
  const keptSlope = (-30 * t * t * (1 - t) * (1 - t)) / (2 * window);
  return { value: kept * value, slope: kept * slope + keptSlope * value };
}
