import type { DensityGrid } from '../basis/density-grid';
import type { Functional } from '../functionals/functional';
import { exchangeCorrelation } from './exchange-correlation';
import { hartreePotential } from './hartree';
import type { Tensor } from './tensor';

export interface ScreenedPotential {
  /** n_s(r) of each spin channel, bohr^-3. */
  values: Float64Array[];
  /** V_H + V_xc,s on the grid, Ha. */
  hartreeXc: Float64Array[];
  /** With the fixed potential of ions and outer fields. */
  total: Float64Array[];
  xcEnergyHartree: number;
  /** dE_xc/dstrain, Ha, where it was asked for. */
  xcStrain: Tensor | null;
}

/** The local potential that the electrons of density n_s(G) feel, by spin channel. */
export function screenedPotential(
  functional: Functional,
  grid: DensityGrid,
  volume: number,
  density: readonly Float64Array[],
  fixedPotential: Float64Array,
  wantsStrain = false,
): ScreenedPotential {
  const values = density.map((field) => grid.toReal(field));
  const xc = exchangeCorrelation(functional, grid, volume, { fields: density, values }, wantsStrain);
  const hartree = grid.toReal(hartreePotential(grid.waves, sumChannels(density)));
  const hartreeXc = xc.potentials.map((potential) => potential.map((v, i) => v + hartree[i]!));
  return {
    values,
    hartreeXc,
    total: hartreeXc.map((potential) => potential.map((v, i) => v + fixedPotential[i]!)),
    xcEnergyHartree: xc.energyHartree,
    xcStrain: xc.strain,
  };
}

/** The density of both spins together. */
export function sumChannels(channels: readonly Float64Array[]): Float64Array {
  const [first, second] = channels;
  return second ? first!.map((n, i) => n + second[i]!) : first!;
}
