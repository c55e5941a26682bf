/**
 * Sums over rows of flat arrays. Small functions that everything shares are compiled early: in a run of a second most other code is not.
 */

/** sum_i a[atA + i] b[atB + i] */
export function dotRows(count: number, a: Float64Array, atA: number, b: Float64Array, atB: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[atA + i]! * b[atB + i]!;
  return sum;
}

/** a + share b */
export function combineRows(a: Float64Array, share: number, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + share * b[i]!;
  return out;
}

/** out[to + i] += share row[from + i] */
export function addRow(
  count: number,
  out: Float64Array,
  to: number,
  share: number,
  row: Float64Array,
  from: number,
): void {
  for (let i = 0; i < count; i++) out[to + i]! += share * row[from + i]!;
}
