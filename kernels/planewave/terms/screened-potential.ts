import { combineRows } from '../../core/rows';
import type { DensityGrid } from '../basis/density-grid';
import type { Functional } from '../functionals/functional';
import { withCore } from './core-density';
import { exchangeCorrelation } from './exchange-correlation';
import { hartreePotential } from './hartree';

/** What does not change with the electrons. */
export interface FixedFields {
  /** V_ion plus any external potential on the grid, Ha. */
  potential: Float64Array;
  /** n_core(G), bohr^-3, for exchange and correlation. */
  core: Float64Array | null;
}

export interface ScreenedPotential {
  /** n_s(r) of each spin channel, bohr^-3. */
  values: Float64Array[];
  /** V_H + V_xc,s on the grid, Ha. */
  hartreeXc: Float64Array[];
  /** With the fixed potential of ions and outer fields. */
  total: Float64Array[];
  xcEnergyHartree: number;
}

/** The local potential that the electrons of density n_s(G) feel, by spin channel. */
export function screenedPotential(
  functional: Functional,
  grid: DensityGrid,
  volume: number,
  density: readonly Float64Array[],
  fixed: FixedFields,
): ScreenedPotential {
  const onGrid = grid.allToReal([...density, hartreePotential(grid.coulomb, sumChannels(density))]);
  const hartree = onGrid.pop()!;
  const values = onGrid;
  const fields = withCore(density, fixed.core);
  const xc = exchangeCorrelation(functional, grid, volume, {
    fields,
    values: fixed.core ? grid.allToReal(fields) : values,
  });
  const hartreeXc = xc.potentials.map((potential) => combineRows(potential, 1, hartree));
  return {
    values,
    hartreeXc,
    total: hartreeXc.map((potential) => combineRows(potential, 1, fixed.potential)),
    xcEnergyHartree: xc.energyHartree,
  };
}

/** The density of both spins together. */
export function sumChannels(channels: readonly Float64Array[]): Float64Array {
  const [first, second] = channels;
  return second ? combineRows(first!, 1, second) : first!;
}
