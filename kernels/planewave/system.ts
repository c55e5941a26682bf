import type { Grid } from './basis/fft-grid';
import type { Lattice, Vector3 } from './basis/lattice';
import type { FunctionalId } from './functionals/functional';
import type { PseudopotentialParameters } from './pseudo/create-pseudopotential';

/** The physical system as every thread needs it: plain data that can be posted between threads. Atomic units. */
export interface System {
  lattice: Lattice;
  /** The lattice whose cutoff sphere chose the plane waves: another than `lattice` while a cell is being relaxed. */
  basis: Lattice;
  /** Fractional positions, wrapped to nothing: as given. */
  positions: Vector3[];
  /** Index into `species` for every atom. */
  speciesOf: number[];
  species: PseudopotentialParameters[];
  functional: FunctionalId;
  cutoffHartree: number;
  grid: Grid;
  electrons: number;
  /** 1 without spin; 2: up and down. */
  spinChannels: 1 | 2;
  /** Bohr magnetons of every atom at the start; zeros without spin. */
  initialMoments: number[];
  kineticSmoothing: KineticSmoothing | null;
}

/** Raises |k+G|^2/2 beyond an energy, so that the effective cutoff stays while the cell changes. */
export interface KineticSmoothing {
  energyHartree: number;
  amplitudeHartree: number;
  widthHartree: number;
}
