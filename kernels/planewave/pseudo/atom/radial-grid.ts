import { type RadialTable, tableValue } from '../radial-table';

/** Points equidistant in ln r. */
export interface RadialGrid {
  /** bohr */
  r: Float64Array;
  /** Weights of int r^2 dr. */
  weight: Float64Array;
}

export function logarithmicGrid(first: number, last: number, count: number): RadialGrid {
  const step = Math.log(last / first) / (count - 1);
  const r = new Float64Array(count);
  const weight = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const x = first * Math.exp(i * step);
    r[i] = x;
    weight[i] = step * x * x * x;
  }
  return { r, weight };
}

/** 4 pi int r^2 f dr: by equal weights in ln r, which for functions made of Gaussians converges faster than any power of the step. */
export function integrate({ weight }: RadialGrid, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weight.length; i++) sum += values[i]! * weight[i]!;
  return 4 * Math.PI * sum;
}

/** V_H(r) = Q(r)/r + int_r 4 pi r' n dr', Ha, of a density in bohr^-3. */
export function radialHartree({ r, weight }: RadialGrid, density: Float64Array): Float64Array {
  const count = r.length;
  const shell = new Float64Array(count);
  for (let i = 0; i < count; i++) shell[i] = 4 * Math.PI * weight[i]! * density[i]!;
  const charge = cumulate(shell);
  for (let i = 0; i < count; i++) shell[i]! /= r[i]!;
  const outer = cumulate(shell);
  const potential = new Float64Array(count);
  for (let i = 0; i < count; i++) potential[i] = charge[i]! / r[i]! + outer[count - 1]! - outer[i]!;
  return potential;
}

/** Running integral of samples at unit steps of a function that vanishes at both ends, by the quintic through the six points about each step. */
function cumulate(f: Float64Array): Float64Array {
  const padded = new Float64Array(f.length + 4);
  padded.set(f, 2);
  const sum = new Float64Array(f.length);
  for (let i = 1; i < f.length; i++) {
    const inner = padded[i + 1]! + padded[i + 2]!;
    const middle = padded[i]! + padded[i + 3]!;
    const outer = padded[i - 1]! + padded[i + 4]!;
    sum[i] = sum[i - 1]! + (802 * inner - 93 * middle + 11 * outer) / 1440;
  }
  return sum;
}

/** n(q) by cubic interpolation in a table up to 40/bohr, where atomic valence densities have long vanished. */
export function tabulateDensity({ r, weight }: RadialGrid, density: Float64Array): (q: number) => number {
  const step = 0.05;
  const values = new Float64Array(803);
  for (let i = 0; i < r.length; i++) addShell(values, 4 * Math.PI * density[i]! * weight[i]!, step * r[i]!);
  const table: RadialTable = { l: 0, step, values };
  return (q) => tableValue(table, q);
}

/**
 * values[j] += charge sin(jx)/(jx), by sin((j+1)x) = 2 cos(x) sin(jx) - sin((j-1)x): the error grows with j^2, to 1e-10 at the end of
 * the table, where n(q) is none.
 */
function addShell(values: Float64Array, charge: number, x: number): void {
  if (Math.abs(charge) < 1e-16) return;
  const scaled = charge / x;
  const twice = 2 * Math.cos(x);
  let before = 0;
  let now = Math.sin(x);
  values[0]! += charge;
  for (let j = 1; j < values.length; j++) {
    values[j]! += (scaled * now) / j;
    const next = twice * now - before;
    before = now;
    now = next;
  }
}
