import type { Grid } from './basis/fft-grid';
import type { Lattice, Vector3 } from './basis/lattice';
import type { FunctionalId } from './functionals/functional';
import type { GthParameters } from './pseudo/gth';

/** The physical system as every thread needs it: plain data that can be posted between threads. Atomic units. */
export interface System {
  lattice: Lattice;
  /** Fractional positions, wrapped to nothing: as given. */
  positions: Vector3[];
  /** Index into `species` for every atom. */
  speciesOf: number[];
  species: GthParameters[];
  functional: FunctionalId;
  cutoffHartree: number;
  grid: Grid;
  electrons: number;
}
