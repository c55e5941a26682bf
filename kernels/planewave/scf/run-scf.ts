import type { Progress } from '../../core/kernel';
import { addRow, combineRows, dotRows } from '../../core/rows';
import type { DensityGrid } from '../basis/density-grid';
import type { Vector3 } from '../basis/lattice';
import type { Functional } from '../functionals/functional';
import type { OrbitalPool } from '../parallel/orbital-pool';
import type { KpointTask, SolvedKpoint, StoredOrbitals } from '../parallel/orbital-service';
import { measure } from '../profile';
import type { PlanewaveOutput } from '../schema';
import type { System } from '../system';
import type { Coulomb } from '../terms/coulomb';
import type { Ewald } from '../terms/ewald';
import { hartreeEnergy } from '../terms/hartree';
import { ionEnergy } from '../terms/ions';
import { type FixedFields, screenedPotential, sumChannels } from '../terms/screened-potential';
import { createDensityMixer } from './mixing';
import { type Occupations, occupy } from './occupations';
import type { OccupationScheme } from './smearing';
import type { Symmetrizer } from './symmetrize';

export interface WeightedKpoint {
  fractional: Vector3;
  weight: number;
  label?: string | undefined;
  /** Orbitals of an earlier run to start from, by spin channel. */
  starts?: StoredOrbitals[];
}

export interface ScfOptions {
  system: System;
  functional: Functional;
  grid: DensityGrid;
  pool: OrbitalPool;
  kpoints: WeightedKpoint[];
  symmetrize: Symmetrizer;
  fixed: FixedFields;
  /** Of the geometry alone, Ha; null where there is none. */
  dispersionHartree: number | null;
  /** n_s(G) by spin channel. */
  startDensity: Float64Array[];
  /** Electrons up minus down; null: free. */
  totalMagnetisation: number | null;
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
  onIteration: (density: Float64Array[], iteration: number) => Promise<void>;
  /** The orbitals of an earlier geometry are still with the pool: they are the start. */
  keepsOrbitals?: boolean;
}

export interface ScfResult {
  converged: boolean;
  energyHartree: number;
  termsHartree: NonNullable<PlanewaveOutput['termsHartree']>;
  occupations: Occupations;
  /** [spin][kpoint][band] of the reported bands, Ha. */
  eigenvalues: number[][][];
  /** n_s(G), interleaved, by spin channel. */
  density: Float64Array[];
  /** V_ion + V_H + V_xc of each spin channel on the grid, Ha. */
  potentials: Float64Array[];
  /** What V_H + V_xc (mean of the channels) changed by in the last step, on the grid, Ha: the force of what is not yet self-consistent. */
  potentialChange: Float64Array;
  ewald: Ewald;
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
  const ions = ionEnergy(grid.coulomb.boundaries, system.lattice, system.positions, charges);
  const guards = guardBands(options.bandCount);
  if (!options.keepsOrbitals)
    await pool.assign(spinTasks(kpoints, system.spinChannels), options.bandCount + guards, guards);
  // Empty bands only help; in a metal those that the smearing reaches must follow the potential too.
  let required = Math.min(Math.ceil(electronsOfLargerSpin(options) - 1e-9), options.bandCount);
  const iterations: PlanewaveOutput['iterations'] = [];
  let density = options.startDensity;
  let tolerance = 3e-2;
  let applications = 0;

  const potentialOf = (input: Float64Array[]) =>
    measure('exchange-correlation', () => screenedPotential(functional, grid, volume, input, options.fixed));
  const solveAndFill = async (
    potentials: Float64Array[],
    request: { tolerance: number; required: number; maxIterations: number; guardTolerance?: number },
  ) => {
    const solved = await pool.solve({ potentials, ...request });
    applications += solved.reduce((sum, k) => sum + k.applications, 0);
    const bySpin = solved.map((k) => k.eigenvalues.subarray(0, options.bandCount));
    const occupations = occupy({
      eigenvalues: Array.from({ length: system.spinChannels }, (_, s) =>
        bySpin.slice(s * kpoints.length, (s + 1) * kpoints.length),
      ),
      weights: kpoints.map((k) => k.weight),
      electrons: system.electrons,
      totalMagnetisation: options.totalMagnetisation,
      scheme: options.scheme,
      widthHartree: options.widthHartree,
    });
    const weights = orbitalWeights(occupations, kpoints).map((w) => w.map((x) => x / volume));
    const onGrid = await pool.density(weights);
    const output = measure('density', () => onGrid.map((channel) => options.symmetrize(grid.toReciprocal(channel))));
    return { solved, occupations, output, bandEnergy: bandEnergy(solved, occupations, kpoints) };
  };
  const residualOf = (output: Float64Array[], input: Float64Array[]) =>
    densityDistance(grid.coulomb, output, input, volume);

  let converged = false;
  for (let iteration = 1; iteration <= options.maxIterations && !converged; iteration++) {
    options.signal?.throwIfAborted();
    const potential = potentialOf(density);
    let step = await solveAndFill(potential.total, { tolerance, required, maxIterations: iteration === 1 ? 4 : 8 });
    let residual = residualOf(step.output, density);
    if (iteration === 1 && tolerance > diagonalizationTolerance(residual, system.electrons)) {
      // The first guess may have been better than the first threshold knew.
      tolerance = diagonalizationTolerance(residual, system.electrons);
      step = await solveAndFill(potential.total, { tolerance, required, maxIterations: 8 });
      residual = residualOf(step.output, density);
    }
    const harris =
      step.bandEnergy -
      integral(potential.hartreeXc, potential.values, volume) +
      hartreeEnergy(grid.coulomb, sumChannels(density), volume) +
      potential.xcEnergyHartree +
      ions.energyHartree +
      (options.dispersionHartree ?? 0) +
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
  const termsHartree = {
    oneElectron: last.bandEnergy - integral(potential.hartreeXc, output.values, volume),
    hartree: hartreeEnergy(grid.coulomb, sumChannels(last.output), volume),
    exchangeCorrelation: output.xcEnergyHartree,
    ewald: ions.energyHartree,
    smearing: last.occupations.smearingHartree,
    ...(options.dispersionHartree === null ? {} : { dispersion: options.dispersionHartree }),
  };
  const eigenvalues = last.solved.map((k) => Array.from(k.eigenvalues.subarray(0, options.bandCount)));
  return {
    converged: converged && last.solved.every((k) => k.converged),
    energyHartree: Object.values(termsHartree).reduce((sum, term) => sum + term, 0),
    termsHartree,
    occupations: last.occupations,
    eigenvalues: last.occupations.values.map((_, s) => eigenvalues.slice(s * kpoints.length, (s + 1) * kpoints.length)),
    density: last.output,
    potentials: output.total,
    potentialChange: meanChange(output.hartreeXc, potential.hartreeXc),
    ewald: ions,
    iterations,
    planeWaves: Math.max(...last.solved.map((k) => k.planeWaves)),
  };
}

/** The pool's tasks: all k-points of spin up, then all of spin down. */
export function spinTasks(kpoints: readonly WeightedKpoint[], spinChannels: number): KpointTask[] {
  return Array.from({ length: spinChannels }, (_, spin) =>
    kpoints.map(({ fractional, starts }, k) => {
      const start = starts?.[spin];
      return { index: spin * kpoints.length + k, spin, fractional, ...(start ? { start } : {}) };
    }),
  ).flat();
}

/** Electrons in every orbital times the weight of its k, [task][band]. */
export function orbitalWeights({ values }: Occupations, kpoints: readonly WeightedKpoint[]): Float64Array[] {
  const states = 2 / values.length;
  return values.flatMap((spin) =>
    spin.map((bands, k) => Float64Array.from(bands, (f) => states * f * kpoints[k]!.weight)),
  );
}

function electronsOfLargerSpin({ system, totalMagnetisation }: ScfOptions): number {
  return (system.electrons + Math.abs(totalMagnetisation ?? 0)) / 2;
}

/**
 * How far two densities are from each other, Ha: the Hartree energy of the difference of the charges, and volume/(2 pi) sum |dm(G)|^2 of
 * that of the magnetisations (the measure of pw.x).
 */
function densityDistance(coulomb: Coulomb, a: Float64Array[], b: Float64Array[], volume: number): number {
  const charge = hartreeEnergy(coulomb, combineRows(sumChannels(a), -1, sumChannels(b)), volume);
  if (a.length === 1) return charge;
  let sum = 0;
  for (let i = 0; i < a[0]!.length; i++) sum += (a[0]![i]! - a[1]![i]! - b[0]![i]! + b[1]![i]!) ** 2;
  return charge + (volume / (2 * Math.PI)) * sum;
}

function meanChange(after: Float64Array[], before: Float64Array[]): Float64Array {
  const change = new Float64Array(after[0]!.length);
  after.forEach((channel, s) => {
    addRow(change.length, change, 0, 1 / after.length, channel, 0);
    addRow(change.length, change, 0, -1 / after.length, before[s]!, 0);
  });
  return change;
}

/** The highest band that holds a noticeable share of an electron at any k. */
function lastFilledBand({ values }: Occupations): number {
  return Math.max(...values.flat().map((bands) => bands.findLastIndex((f) => Math.abs(f) > 1e-6)));
}

/** Keeps the eigenvalues' errors, which go as the square of the residual, a hundredth of the density's. */
function diagonalizationTolerance(residual: number, electrons: number): number {
  return Math.max(1e-8, Math.sqrt((0.01 * residual) / Math.max(1, electrons)));
}

function bandEnergy(solved: SolvedKpoint[], occupations: Occupations, kpoints: WeightedKpoint[]): number {
  const weights = orbitalWeights(occupations, kpoints);
  return solved.reduce(
    (sum, { eigenvalues }, task) => sum + weights[task]!.reduce((part, w, band) => part + w * eigenvalues[band]!, 0),
    0,
  );
}

/** sum_s int n_s v_s dr for fields on the grid; `values` is the density on the grid. */
function integral(potentials: readonly Float64Array[], values: readonly Float64Array[], volume: number): number {
  let sum = 0;
  potentials.forEach((potential, s) => {
    sum += dotRows(potential.length, potential, 0, values[s]!, 0);
  });
  return (sum * volume) / potentials[0]!.length;
}
