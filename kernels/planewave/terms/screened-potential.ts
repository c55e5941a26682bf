import type { DensityGrid } from '../basis/density-grid';
import type { Functional } from '../functionals/functional';
import { exchangeCorrelation } from './exchange-correlation';
import { hartreePotential } from './hartree';

export interface ScreenedPotential {
  /** n(r), bohr^-3. */
  values: Float64Array;
  /** V_H + V_xc on the grid, Ha. */
  hartreeXc: Float64Array;
  /** With the fixed potential of ions and outer fields. */
  total: Float64Array;
  xcEnergyHartree: number;
}

/** The local potential that the electrons of density n(G) feel. */
export function screenedPotential(
  functional: Functional,
  grid: DensityGrid,
  volume: number,
  density: Float64Array,
  fixedPotential: Float64Array,
): ScreenedPotential {
  const values = grid.toReal(density);
  const xc = exchangeCorrelation(functional, grid, volume, density, values);
  const hartree = grid.toReal(hartreePotential(grid.waves, density));
  const hartreeXc = xc.potential.map((v, i) => v + hartree[i]!);
  return {
    values,
    hartreeXc,
    total: hartreeXc.map((v, i) => v + fixedPotential[i]!),
    xcEnergyHartree: xc.energyHartree,
  };
}
