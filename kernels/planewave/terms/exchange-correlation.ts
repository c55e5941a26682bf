import type { DensityGrid } from '../basis/density-grid';
import {
  type Functional,
  GRADIENT_DENSITY_THRESHOLD,
  LOCAL_DENSITY_THRESHOLD,
  localPart,
  SIGMA_THRESHOLD,
} from '../functionals/functional';
import { addPolarizedGradient, addPolarizedLocal } from './polarized-exchange-correlation';
import { addToDiagonal, type Tensor, zeroTensor } from './tensor';

export interface ExchangeCorrelation {
  energyHartree: number;
  /** v_xc of each spin channel on the grid, Ha. */
  potentials: Float64Array[];
  /** dE/dstrain, Ha, where it was asked for. */
  strain: Tensor | null;
}

/** A density by spin channel: one without spin, up and down with it. */
export interface ChannelDensity {
  /** n_s(G), interleaved. */
  fields: readonly Float64Array[];
  /** The same on the grid, bohr^-3. */
  values: readonly Float64Array[];
}

/**
 * Exchange and correlation on the real-space grid; gradients and the divergence in
 * v = f_n - div(2 f_sigma grad n) (White and Bird, Phys. Rev. B 50, 4954 (1994)) are taken in reciprocal space.
 * Under strain the grid moves with the cell, n goes as 1/volume and G as 1 - strain:
 * dE/dstrain_ab = delta_ab (E - int v n) - int 2 f_sigma d_a n d_b n.
 */
export function exchangeCorrelation(
  functional: Functional,
  grid: DensityGrid,
  volume: number,
  density: ChannelDensity,
  wantsStrain = false,
): ExchangeCorrelation {
  const potentials = density.values.map(() => new Float64Array(grid.points));
  const strain = wantsStrain ? zeroTensor() : null;
  let sum =
    density.values.length === 1
      ? addLocal(functional, density.values[0]!, potentials[0]!)
      : addPolarizedLocal(functional, density.values, potentials);
  if (functional.gradient) sum += addGradientPart(functional, grid, density, potentials, strain);
  const scale = volume / grid.points;
  if (strain) {
    for (const row of strain) for (let b = 0; b < 3; b++) row[b]! *= scale;
    let work = 0;
    potentials.forEach((potential, s) => {
      const values = density.values[s]!;
      for (let i = 0; i < grid.points; i++) work += potential[i]! * values[i]!;
    });
    addToDiagonal(strain, (sum - work) * scale);
  }
  return { energyHartree: sum * scale, potentials, strain };
}

/** Adds f_n of the local part and returns its energy density summed over the grid. */
function addLocal(functional: Functional, values: Float64Array, potential: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const n = Math.abs(values[i]!);
    if (n < LOCAL_DENSITY_THRESHOLD) continue;
    const local = localPart(functional, n);
    sum += values[i]! * local.energy;
    potential[i] = local.potential;
  }
  return sum;
}

/** Adds the gradient part to the potentials and -sum 2 f_sigma d_a n d_b n to the strain; returns its energy density summed over the grid. */
function addGradientPart(
  functional: Functional,
  grid: DensityGrid,
  { fields, values }: ChannelDensity,
  potentials: Float64Array[],
  strain: Tensor | null,
): number {
  const gradients = fields.map((field) => grid.allToReal([0, 1, 2].map((axis) => timesIG(grid, field, axis))));
  // df/d(grad n_s) takes the place of the gradients that it is made from; strain needs both.
  const conjugates = strain ? gradients.map((axes) => axes.map((component) => component.slice())) : gradients;
  const sum =
    fields.length === 1
      ? addGradient(functional.gradient!, values[0]!, conjugates[0]!, potentials[0]!)
      : addPolarizedGradient(functional, values, conjugates, potentials);
  if (strain) {
    gradients.forEach((axes, s) => {
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          const [conjugate, component] = [conjugates[s]![a]!, axes[b]!];
          for (let i = 0; i < grid.points; i++) strain[a]![b]! -= conjugate[i]! * component[i]!;
        }
      }
    });
  }
  conjugates.forEach((axes, s) => {
    const divergence = new Float64Array(2 * grid.waves.count);
    grid.allToReciprocal(axes).forEach((component, axis) => {
      const part = timesIG(grid, component, axis);
      for (let i = 0; i < divergence.length; i++) divergence[i]! += part[i]!;
    });
    const onGrid = grid.toReal(divergence);
    const potential = potentials[s]!;
    for (let i = 0; i < grid.points; i++) potential[i]! -= onGrid[i]!;
  });
  return sum;
}

/** grad n becomes 2 f_sigma grad n; f_n is added to the potential. */
function addGradient(
  gradientOf: NonNullable<Functional['gradient']>,
  values: Float64Array,
  axes: Float64Array[],
  potential: Float64Array,
): number {
  const [gx, gy, gz] = axes as [Float64Array, Float64Array, Float64Array];
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
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
