import type { Progress } from '../../core/kernel';
import type { DensityGrid } from '../basis/density-grid';
import type { Vector3 } from '../basis/lattice';
import type { Functional } from '../functionals/functional';
import type { OrbitalPool } from '../parallel/orbital-pool';
import type { SolvedKpoint, StoredOrbitals } from '../parallel/orbital-service';
import { measure } from '../profile';
import type { PlanewaveOutput } from '../schema';
import type { System } from '../system';
import { ewaldEnergy } from '../terms/ewald';
import { hartreeEnergy } from '../terms/hartree';
import { screenedPotential } from '../terms/screened-potential';
import { createDensityMixer } from './mixing';
import { type Occupations, occupy } from './occupations';
import type { OccupationScheme } from './smearing';
import type { Symmetrizer } from './symmetrize';

export interface WeightedKpoint {
  fractional: Vector3;
  weight: number;
  label?: string | undefined;
  start?: StoredOrbitals;
}

export interface ScfOptions {
  system: System;
  functional: Functional;
  grid: DensityGrid;
  pool: OrbitalPool;
  kpoints: WeightedKpoint[];
  symmetrize: Symmetrizer;
  /** V_ion plus any external potential on the grid, Ha. */
  fixedPotential: Float64Array;
  startDensity: Float64Array;
  scheme: OccupationScheme;
  widthHartree?: number | undefined;
  /** Bands that are reported. */
  bandCount: number;
  /** Estimated error of the total energy at which the cycle ends, Ha. */
  energyToleranceHartree: number;
  maxIterations: number;
  mixingFraction: number;
  kerkerWaveVector: number | null;
  signal?: AbortSignal | undefined;
  onProgress: (progress: Progress) => void;
  /** Called after each iteration with the next input density. */
  onIteration: (density: Float64Array, iteration: number) => Promise<void>;
}

export interface ScfResult {
  converged: boolean;
  energyHartree: number;
  termsHartree: NonNullable<PlanewaveOutput['termsHartree']>;
  occupations: Occupations;
  /** [kpoint][band] of the reported bands, Ha. */
  eigenvalues: number[][];
  /** n(G), interleaved. */
  density: Float64Array;
  /** V_ion + V_H + V_xc on the grid, Ha. */
  potential: Float64Array;
  iterations: PlanewaveOutput['iterations'];
  planeWaves: number;
}

/** Residual norm of the reported bands at the end, Ha: eigenvalues are then right to its square over the gap. */
export const FINAL_RESIDUAL_HARTREE = 1e-5;
/** Residual norm of the band beyond them, Ha: enough to tell that no state was missed below. */
export const GUARD_RESIDUAL_HARTREE = 3e-3;
/** Bands beyond the reported ones that take part in the block, so that the highest reported ones converge quickly. */
export const guardBands = (bandCount: number) => Math.max(2, Math.ceil(0.1 * bandCount));

/** Self-consistent field: input density -> potential -> orbitals -> output density, mixed until input and output agree. */
export async function runScf(options: ScfOptions): Promise<ScfResult> {
  const { system, functional, grid, pool, kpoints, onProgress } = options;
  const { volume } = system.lattice;
  const began = performance.now();
  const mix = createDensityMixer(grid.waves, {
    fraction: options.mixingFraction,
    kerkerWaveVector: options.kerkerWaveVector,
  });
  const charges = system.speciesOf.map((species) => system.species[species]!.valence);
  const ewald = ewaldEnergy(system.lattice, system.positions, charges);
  await pool.assign(
    kpoints.map(({ fractional, start }, index) => ({ index, fractional, ...(start ? { start } : {}) })),
    options.bandCount + guardBands(options.bandCount),
    guardBands(options.bandCount),
  );
  // Empty bands only help; in a metal those that the smearing reaches must follow the potential too.
  let required = Math.min(Math.ceil(system.electrons / 2 - 1e-9), options.bandCount);
  const iterations: PlanewaveOutput['iterations'] = [];
  let density = options.startDensity;
  let tolerance = 3e-2;
  let applications = 0;

  const potentialOf = (input: Float64Array) =>
    measure('exchange-correlation', () => screenedPotential(functional, grid, volume, input, options.fixedPotential));
  const solveAndFill = async (
    potential: Float64Array,
    request: { tolerance: number; required: number; maxIterations: number; guardTolerance?: number },
  ) => {
    const solved = await pool.solve({ potential, ...request });
    applications += solved.reduce((sum, k) => sum + k.applications, 0);
    const occupations = occupy({
      eigenvalues: solved.map((k) => k.eigenvalues.subarray(0, options.bandCount)),
      weights: kpoints.map((k) => k.weight),
      electrons: system.electrons,
      scheme: options.scheme,
      widthHartree: options.widthHartree,
    });
    const weights = occupations.values.map((values, k) =>
      Float64Array.from(values, (f) => (2 * f * kpoints[k]!.weight) / volume),
    );
    const onGrid = await pool.density(weights);
    const output = measure('density', () => options.symmetrize(grid.toReciprocal(onGrid)));
    return {
      solved,
      occupations,
      output,
      bandEnergy: bandEnergy(solved, occupations, kpoints),
    };
  };

  let converged = false;
  for (let iteration = 1; iteration <= options.maxIterations && !converged; iteration++) {
    options.signal?.throwIfAborted();
    const potential = potentialOf(density);
    let step = await solveAndFill(potential.total, { tolerance, required, maxIterations: iteration === 1 ? 4 : 8 });
    let residual = hartreeEnergy(grid.waves, subtract(step.output, density), volume);
    if (iteration === 1 && tolerance > diagonalizationTolerance(residual, system.electrons)) {
      // The first guess may have been better than the first threshold knew.
      tolerance = diagonalizationTolerance(residual, system.electrons);
      step = await solveAndFill(potential.total, { tolerance, required, maxIterations: 8 });
      residual = hartreeEnergy(grid.waves, subtract(step.output, density), volume);
    }
    const harris =
      step.bandEnergy -
      integral(potential.hartreeXc, potential.values, volume) +
      hartreeEnergy(grid.waves, density, volume) +
      potential.xcEnergyHartree +
      ewald +
      step.occupations.smearingHartree;
    const seconds = (performance.now() - began) / 1000;
    iterations.push({ iteration, energyHartree: harris, residual, seconds, hamiltonianApplications: applications });
    onProgress({
      kind: 'scf',
      iteration,
      energyHartree: harris,
      residual,
      threshold: options.energyToleranceHartree,
      seconds,
    });
    // Orbitals that lag behind the potential make a density that only seems to stand still.
    converged = residual < options.energyToleranceHartree && step.solved.every((k) => k.converged);
    required = Math.max(required, lastFilledBand(step.occupations) + 1);
    tolerance = Math.min(tolerance, diagonalizationTolerance(residual, system.electrons));
    density = converged ? step.output : measure('mixing', () => mix(density, step.output));
    await options.onIteration(density, iteration);
  }

  const potential = potentialOf(density);
  onProgress({ kind: 'phase', phase: 'bands of the mesh' });
  const last = await solveAndFill(potential.total, {
    tolerance: FINAL_RESIDUAL_HARTREE,
    required: options.bandCount,
    guardTolerance: GUARD_RESIDUAL_HARTREE,
    maxIterations: 60,
  });
  const output = potentialOf(last.output);
  const oneElectron = last.bandEnergy - integral(potential.hartreeXc, output.values, volume);
  const termsHartree = {
    oneElectron,
    hartree: hartreeEnergy(grid.waves, last.output, volume),
    exchangeCorrelation: output.xcEnergyHartree,
    ewald,
    smearing: last.occupations.smearingHartree,
  };
  return {
    converged: converged && last.solved.every((k) => k.converged),
    energyHartree: Object.values(termsHartree).reduce((sum, term) => sum + term, 0),
    termsHartree,
    occupations: last.occupations,
    eigenvalues: last.solved.map((k) => Array.from(k.eigenvalues.subarray(0, options.bandCount))),
    density: last.output,
    potential: output.total,
    iterations,
    planeWaves: Math.max(...last.solved.map((k) => k.planeWaves)),
  };
}

/** The highest band that holds a noticeable share of an electron at any k. */
function lastFilledBand({ values }: Occupations): number {
  return Math.max(...values.map((bands) => bands.findLastIndex((f) => Math.abs(f) > 1e-6)));
}

/** Keeps the eigenvalues' errors, which go as the square of the residual, a hundredth of the density's. */
function diagonalizationTolerance(residual: number, electrons: number): number {
  return Math.max(1e-8, Math.sqrt((0.01 * residual) / Math.max(1, electrons)));
}

function bandEnergy(solved: SolvedKpoint[], occupations: Occupations, kpoints: WeightedKpoint[]): number {
  return solved.reduce(
    (sum, { eigenvalues }, k) =>
      sum + 2 * kpoints[k]!.weight * occupations.values[k]!.reduce((part, f, band) => part + f * eigenvalues[band]!, 0),
    0,
  );
}

/** int n v dr for a field on the grid; `values` is the density on the grid. */
function integral(potential: Float64Array, values: Float64Array, volume: number): number {
  let sum = 0;
  for (let i = 0; i < potential.length; i++) sum += potential[i]! * values[i]!;
  return (sum * volume) / potential.length;
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}
