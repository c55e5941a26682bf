import type { DensityGrid } from '../basis/density-grid';
import {
  type Functional,
  GRADIENT_DENSITY_THRESHOLD,
  LOCAL_DENSITY_THRESHOLD,
  localPart,
  SIGMA_THRESHOLD,
} from '../functionals/functional';

export interface ExchangeCorrelation {
  energyHartree: number;
  /** v_xc on the grid, Ha. */
  potential: Float64Array;
}

/**
 * Exchange and correlation on the real-space grid; gradients and the divergence in
 * v = f_n - div(2 f_sigma grad n) (White and Bird, Phys. Rev. B 50, 4954 (1994)) are taken in reciprocal space.
 * @param density n(G), interleaved.
 * @param values the same on the grid, bohr^-3.
 */
export function exchangeCorrelation(
  functional: Functional,
  grid: DensityGrid,
  volume: number,
  density: Float64Array,
  values: Float64Array,
): ExchangeCorrelation {
  const potential = new Float64Array(grid.points);
  let sum = 0;
  for (let i = 0; i < grid.points; i++) {
    const n = Math.abs(values[i]!);
    if (n < LOCAL_DENSITY_THRESHOLD) continue;
    const local = localPart(functional, n);
    sum += values[i]! * local.energy;
    potential[i] = local.potential;
  }
  if (functional.gradient) sum += addGradientPart(functional.gradient, grid, density, values, potential);
  return { energyHartree: (sum * volume) / grid.points, potential };
}

/** Adds the gradient part to the potential and returns its energy density summed over the grid. */
function addGradientPart(
  gradientOf: NonNullable<Functional['gradient']>,
  grid: DensityGrid,
  density: Float64Array,
  values: Float64Array,
  potential: Float64Array,
): number {
  const gradient = [0, 1, 2].map((axis) => grid.toReal(timesIG(grid, density, axis)));
  const [gx, gy, gz] = gradient as [Float64Array, Float64Array, Float64Array];
  let sum = 0;
  for (let i = 0; i < grid.points; i++) {
    const sigma = gx[i]! ** 2 + gy[i]! ** 2 + gz[i]! ** 2;
    const n = Math.abs(values[i]!);
    let onGradient = 0;
    if (n > GRADIENT_DENSITY_THRESHOLD && sigma > SIGMA_THRESHOLD) {
      const part = gradientOf(n, sigma);
      sum += Math.sign(values[i]!) * part.energyDensity;
      potential[i]! += part.byDensity;
      onGradient = 2 * part.bySigma;
    }
    gx[i]! *= onGradient;
    gy[i]! *= onGradient;
    gz[i]! *= onGradient;
  }
  const divergence = new Float64Array(2 * grid.waves.count);
  gradient.forEach((component, axis) => {
    const part = timesIG(grid, grid.toReciprocal(component), axis);
    for (let i = 0; i < divergence.length; i++) divergence[i]! += part[i]!;
  });
  const onGrid = grid.toReal(divergence);
  for (let i = 0; i < grid.points; i++) potential[i]! -= onGrid[i]!;
  return sum;
}

/** i G_axis f(G) */
function timesIG({ waves }: DensityGrid, field: Float64Array, axis: number): Float64Array {
  const out = new Float64Array(field.length);
  for (let g = 0; g < waves.count; g++) {
    const G = waves.vectors[3 * g + axis]!;
    out[2 * g] = -G * field[2 * g + 1]!;
    out[2 * g + 1] = G * field[2 * g]!;
  }
  return out;
}
