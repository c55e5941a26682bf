import type { FftPlan } from '../backends/backend';
import type { Coulomb } from '../terms/coulomb';
import type { PlaneWaves } from './plane-waves';

/** Passes fields between the density's plane waves and the real-space grid. */
export interface DensityGrid {
  waves: PlaneWaves;
  /** How charges on these waves act on each other. */
  coulomb: Coulomb;
  points: number;
  /** f(r) = sum_G f(G) e^(iGr), real part. */
  toReal(field: Float64Array): Float64Array;
  /** f(G) = 1/N sum_r f(r) e^(-iGr) on the sphere. */
  toReciprocal(values: Float64Array): Float64Array;
}

export function createDensityGrid(plan: FftPlan, waves: PlaneWaves, coulomb: Coulomb): DensityGrid {
  const points = plan.n[0] * plan.n[1] * plan.n[2];
  const sphere = plan.sphere(waves.gridIndices);
  const work = new Float64Array(2 * points);
  return {
    waves,
    coulomb,
    points,
    toReal(field) {
      sphere.toGrid(field, work);
      const values = new Float64Array(points);
      for (let i = 0; i < points; i++) values[i] = work[2 * i]!;
      return values;
    },
    toReciprocal(values) {
      work.fill(0);
      for (let i = 0; i < points; i++) work[2 * i] = values[i]!;
      const field = new Float64Array(2 * waves.count);
      sphere.fromGrid(work, field);
      for (let i = 0; i < field.length; i++) field[i]! /= points;
      return field;
    },
  };
}
