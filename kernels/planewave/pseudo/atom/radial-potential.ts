import { type Functional, GRADIENT_DENSITY_THRESHOLD, localPart, SIGMA_THRESHOLD } from '../../functionals/functional';
import { integrate, type RadialGrid, radialHartree } from './radial-grid';

/** What the electrons of an atom feel of each other. */
export interface RadialPotential {
  /** V_H + f_n on the grid, Ha. */
  value: Float64Array;
  /** 2 f_sigma n', which multiplies (R_a R_b)'. */
  onSlope: Float64Array;
  /** What takes the sum of eigenvalues to the total energy, Ha. */
  energyCorrection: number;
}

/** @param density n(r), bohr^-3, on the points of the grid, then n'(r). */
export function radialPotential(functional: Functional, grid: RadialGrid, density: Float64Array): RadialPotential {
  const count = grid.r.length;
  const hartree = radialHartree(grid, density);
  const value = new Float64Array(count);
  const onSlope = new Float64Array(count);
  const correction = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const n = Math.max(density[i]!, 0);
    const slope = density[count + i]!;
    const sigma = slope * slope;
    const local = localPart(functional, n);
    let energyDensity = n * local.energy;
    let byDensity = local.potential;
    let byGradient = 0;
    if (functional.gradient && n > GRADIENT_DENSITY_THRESHOLD && sigma > SIGMA_THRESHOLD) {
      const gradient = functional.gradient(n, sigma);
      energyDensity += gradient.energyDensity;
      byDensity += gradient.byDensity;
      byGradient = 2 * gradient.bySigma * slope;
    }
    value[i] = hartree[i]! + byDensity;
    onSlope[i] = byGradient;
    correction[i] = energyDensity - n * byDensity - byGradient * slope - 0.5 * n * hartree[i]!;
  }
  return { value, onSlope, energyCorrection: integrate(grid, correction) };
}
