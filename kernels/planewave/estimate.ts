/** Bands at each k-point where no number is given: the larger of 1.2 times the occupied and 4 more. */
export function defaultBandCount(electrons: number): number {
  const occupied = occupiedBands(electrons);
  return Math.max(Math.ceil(1.2 * occupied), occupied + 4);
}

/** Bands that the electrons fill in pairs; rounding in a sum of charges fills no further one. */
export const occupiedBands = (electrons: number) => Math.ceil(electrons / 2 - 1e-9);

/** What a run will cost, before it is run: sizes by counting, time by a fit to measured runs (docs/accuracy.md). */
export interface SizeOfRun {
  volumeBohr3: number;
  cutoffHartree: number;
  gridPoints: number;
  bands: number;
  projectors: number;
  /** With collinear spin every point counts twice: up and down are two problems of the same size. */
  kpoints: number;
  threads: number;
  /** Spinors: two components to each orbital, and twice as many orbitals. */
  isNoncollinear?: boolean;
}

export interface Estimate {
  planeWaves: number;
  memoryBytes: number;
  /** Seconds of one self-consistent calculation on one thread of a present-day core with the portable back end. */
  scfSeconds: number;
  /** Seconds for one further k-point at fixed density. */
  pointSeconds: number;
}

/** N = V k^3/(6 pi^2) plane waves within the cutoff. */
export function planeWavesOf(volumeBohr3: number, cutoffHartree: number): number {
  return (volumeBohr3 * (2 * cutoffHartree) ** 1.5) / (6 * Math.PI ** 2);
}

export function estimateRun(size: SizeOfRun): Estimate {
  const planeWaves = planeWavesOf(size.volumeBohr3, size.cutoffHartree);
  const components = size.isNoncollinear ? 2 : 1;
  const coefficients = components * planeWaves;
  const bands = components * size.bands;
  const block = bands + Math.max(2, Math.ceil(0.1 * bands));
  const complex = 16;
  // Davidson's space of 3 blocks, twice (V and HV), and three blocks of work; orbitals and projectors of every k stay.
  const perKpoint = complex * coefficients * (block + size.projectors);
  const perThread = complex * coefficients * block * 9 + complex * 9 * block * block * 4;
  const grids = 8 * size.gridPoints * (14 + 4 * size.threads) + complex * (size.gridPoints / 2) * 24;
  const memoryBytes = 1.3 * (perKpoint * size.kpoints + perThread * size.threads + grids) + 1.5e8;
  // One application of H: two transforms of the grid, and products with the projectors; then products within the block.
  const fft = 1.2e-9 * 2 * components * size.gridPoints * Math.log2(Math.max(2, size.gridPoints));
  const products = 1.2e-9 * coefficients * (size.projectors * 2 + block * 6);
  const subspace = 2e-9 * (3 * block) ** 2 * 3;
  const perApplication = fft + products + subspace;
  const pointSeconds = perApplication * block * 12;
  return { planeWaves, memoryBytes, pointSeconds, scfSeconds: 0.4 + size.kpoints * perApplication * block * 30 };
}
