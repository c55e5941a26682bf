import type { FftPlan } from '../backends/backend';
import type { Coulomb } from '../terms/coulomb';
import type { PlaneWaves } from './plane-waves';

/** Passes fields between the density's plane waves and the real-space grid. */
export interface DensityGrid {
  waves: PlaneWaves;
  /** How charges on these waves act on each other. */
  coulomb: Coulomb;
  points: number;
  /** f(r) = sum_G f(G) e^(iGr) of real fields: f(-G) = f(G)*. */
  toReal(field: Float64Array): Float64Array;
  /** The same for several, two in each transform. */
  allToReal(fields: readonly Float64Array[]): Float64Array[];
  /** f(G) = 1/N sum_r f(r) e^(-iGr) on the sphere. */
  toReciprocal(values: Float64Array): Float64Array;
  /** The same for several, two in each transform. */
  allToReciprocal(values: readonly Float64Array[]): Float64Array[];
}

export function createDensityGrid(plan: FftPlan, waves: PlaneWaves, coulomb: Coulomb): DensityGrid {
  const points = plan.n[0] * plan.n[1] * plan.n[2];
  const sphere = plan.sphere(waves.gridIndices);
  const work = new Float64Array(2 * points);
  const packed = new Float64Array(2 * waves.count);
  const toReal = (field: Float64Array) => {
    sphere.toGrid(field, work);
    return everySecond(work, 0);
  };
  const toReciprocal = (values: Float64Array) => {
    work.fill(0);
    for (let i = 0; i < points; i++) work[2 * i] = values[i]!;
    const field = new Float64Array(2 * waves.count);
    sphere.fromGrid(work, field);
    for (let i = 0; i < field.length; i++) field[i]! /= points;
    return field;
  };
  return {
    waves,
    coulomb,
    points,
    toReal,
    allToReal: (fields) =>
      inPairs(fields, toReal, (f, g) => {
        // f + i g
        for (let i = 0; i < packed.length; i += 2) {
          packed[i] = f[i]! - g[i + 1]!;
          packed[i + 1] = f[i + 1]! + g[i]!;
        }
        sphere.toGrid(packed, work);
        return [everySecond(work, 0), everySecond(work, 1)];
      }),
    toReciprocal,
    allToReciprocal: (values) =>
      inPairs(values, toReciprocal, (f, g) => {
        for (let i = 0; i < points; i++) {
          work[2 * i] = f[i]!;
          work[2 * i + 1] = g[i]!;
        }
        sphere.fromGrid(work, packed);
        return separate(packed, 0.5 / points);
      }),
  };
}

function inPairs(
  fields: readonly Float64Array[],
  one: (field: Float64Array) => Float64Array,
  two: (f: Float64Array, g: Float64Array) => [Float64Array, Float64Array],
): Float64Array[] {
  const results: Float64Array[] = [];
  for (let i = 0; i < fields.length; i += 2) {
    const second = fields[i + 1];
    if (second) results.push(...two(fields[i]!, second));
    else results.push(one(fields[i]!));
  }
  return results;
}

function everySecond(values: Float64Array, first: 0 | 1): Float64Array {
  const out = new Float64Array(values.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = values[2 * i + first]!;
  return out;
}

/** Of h = f + i g with real f and g: 2 f(G) = h(G) + h(-G)*, 2i g(G) = h(G) - h(-G)*. Waves stand in the order of their triples, -G opposite G. */
function separate(h: Float64Array, half: number): [Float64Array, Float64Array] {
  const [f, g] = [new Float64Array(h.length), new Float64Array(h.length)];
  for (let i = 0; i < h.length; i += 2) {
    const opposite = h.length - 2 - i;
    f[i] = half * (h[i]! + h[opposite]!);
    f[i + 1] = half * (h[i + 1]! - h[opposite + 1]!);
    g[i] = half * (h[i + 1]! + h[opposite + 1]!);
    g[i + 1] = half * (h[opposite]! - h[i]!);
  }
  return [f, g];
}
