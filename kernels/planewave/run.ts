import { KernelError } from '../core/errors';
import type { Kernel, KernelContext } from '../core/kernel';
import type { WorkerPool } from '../core/pool';
import { sha256Hex } from '../core/sha256';
import { kpointMesh } from '../crystal/kpoints';
import type { BackendId, FftPlan } from './backends/backend';
import { createDensityGrid, type DensityGrid } from './basis/density-grid';
import { createLattice } from './basis/lattice';
import { createDensityPlaneWaves } from './basis/plane-waves';
import { planeWavesOf } from './estimate';
import type { PlanewaveHost } from './host';
import { type BandSample, findGap } from './observables/band-edges';
import { densityOfStates, levelOfFilling } from './observables/density-of-states';
import { OrbitalPool } from './parallel/orbital-pool';
import { type PseudoAtom, solvePseudoAtom } from './pseudo/atom';
import { createGthPseudopotential } from './pseudo/gth';
import {
  FINAL_RESIDUAL_HARTREE,
  GUARD_RESIDUAL_HARTREE,
  guardBands,
  runScf,
  type ScfResult,
  type WeightedKpoint,
} from './scf/run-scf';
import { createSymmetrizer } from './scf/symmetrize';
import { type PlanewaveInput, type PlanewaveOutput, planewaveInputSchema, type ResolvedPlanewaveInput } from './schema';
import { prepareSetup, type Setup } from './setup';
import { type Checkpoint, createCheckpoint } from './state/checkpoint';
import { type LoadedState, loadState, saveState, transferDensity } from './state/saved-state';
import { requireSameSystem, withSavedOrbitals } from './state/start-from';
import { addExternalPotential } from './terms/external-potential';
import { ionicPotential, superposedDensity } from './terms/local';
import { screenedPotential } from './terms/screened-potential';
import { unknownFields } from './unknown-fields';
import { PLANEWAVE_VERSION } from './version';

/** The plane-wave engine as a kernel, for a given host. */
export function createPlanewaveKernel(host: PlanewaveHost): Kernel<PlanewaveInput, PlanewaveOutput> {
  return async (rawInput, context) => {
    const input = parseInput(rawInput);
    await host.loadSymmetry();
    const unknown = unknownFields(rawInput, input);
    const setup = prepareSetup(input, { memoryBytes: host.memoryBytes, threads: input.threads ?? host.defaultThreads });
    if (unknown.length) setup.notes.push(`The engine has no field ${unknown.slice(0, 5).join(', ')}: left out.`);
    const run = await Run.open(host, input, setup, context);
    try {
      return await run.compute();
    } finally {
      await run.close();
    }
  };
}

/** @throws KernelError input-invalid naming the first field that is wrong. */
export function parseInput(rawInput: unknown): ResolvedPlanewaveInput {
  const parsed = planewaveInputSchema.safeParse(rawInput);
  if (parsed.success) return parsed.data;
  const issue = firstIssue(parsed.error.issues[0]!);
  throw new KernelError(
    'input-invalid',
    `The input is not valid: ${issue.path.join('.') || 'input'}: ${issue.message}.`,
    { path: issue.path.join('.') },
  );
}

type Issue = { code?: string | undefined; path: PropertyKey[]; message: string; errors?: Issue[][] };

/** Of a field that may have several shapes, what is wrong with the shape that was meant: the one that fits furthest down. */
function firstIssue(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || !issue.errors) return issue;
  const candidates = issue.errors.map(([first]) => firstIssue(first!));
  const meant = candidates.reduce((best, next) => (next.path.length > best.path.length ? next : best));
  return { ...meant, path: [...issue.path, ...meant.path] };
}

/** The converged ground state: computed here, or read from an earlier run. */
interface Ground {
  converged: boolean;
  fermiHartree: number;
  kpoints: WeightedKpoint[];
  eigenvalues: number[][];
  occupations: number[][];
  potential: Float64Array;
  scf: ScfResult | null;
}

class Run {
  private readonly began = performance.now();
  private readonly timings: Record<string, number> = {};
  private readonly notes: string[];

  private constructor(
    private readonly input: ResolvedPlanewaveInput,
    private readonly setup: Setup,
    private readonly context: KernelContext,
    private readonly grid: DensityGrid,
    private readonly pool: OrbitalPool,
    private readonly dispose: () => void,
    private readonly checkpoint: Checkpoint,
    private readonly fixedPotential: Float64Array,
    private readonly atoms: PseudoAtom[],
  ) {
    this.notes = [...setup.notes];
  }

  static async open(
    host: PlanewaveHost,
    input: ResolvedPlanewaveInput,
    setup: Setup,
    context: KernelContext,
  ): Promise<Run> {
    context.onProgress?.({ kind: 'phase', phase: 'preparing' });
    const backendId: BackendId = input.backend ?? (await host.defaultBackend());
    const points = Math.max(setup.kpoints.length, input.bands.kpoints?.length ?? 0);
    const threads = Math.max(1, Math.min(input.threads ?? host.defaultThreads, points));
    const workers = await host.openPool(threads);
    try {
      return await Run.prepare(host, input, setup, context, { workers, backendId });
    } catch (error) {
      // Threads that stay open would keep the program from ending.
      await workers.close();
      throw error;
    }
  }

  private static async prepare(
    host: PlanewaveHost,
    input: ResolvedPlanewaveInput,
    setup: Setup,
    context: KernelContext,
    { workers, backendId }: { workers: WorkerPool; backendId: BackendId },
  ): Promise<Run> {
    // The threads load their libraries while this one solves the atoms.
    const opening = OrbitalPool.open(workers, backendId);
    // Where this thread fails first, what becomes of the others is of no interest.
    opening.catch(() => {});
    const backend = await host.openBackend(backendId);
    const { system } = setup;
    const plan: FftPlan = backend.planFft(system.grid);
    const grid = createDensityGrid(plan, createDensityPlaneWaves(system.lattice, system.cutoffHartree, system.grid));
    const atoms = system.species.map((species) => solvePseudoAtom(species, setup.functional));
    const pool = await opening;
    await pool.prepare({ system, atoms: atoms.map(({ orbitals }) => orbitals) });
    const fixedPotential = grid.toReal(
      ionicPotential(system, system.species.map(createGthPseudopotential), grid.waves),
    );
    if (input.externalPotential) await addExternalPotential(fixedPotential, input.externalPotential.npy, context);
    const checkpoint = await createCheckpoint(context, hashInput(input), grid.waves.count);
    return new Run(input, setup, context, grid, pool, () => backend.dispose(), checkpoint, fixedPotential, atoms);
  }

  async compute(): Promise<PlanewaveOutput> {
    const work = this.computeTask();
    return this.checkpoint.orAborted(work);
  }

  async close(): Promise<void> {
    await this.pool.close();
    this.dispose();
  }

  private async computeTask(): Promise<PlanewaveOutput> {
    const { input } = this;
    const ground = await this.groundState();
    const output = this.describeGround(ground);
    if (input.task === 'bands') await this.addBands(output, ground);
    if (input.task === 'dos') await this.addDensityOfStates(output, ground);
    output.converged = ground.converged;
    if (input.save && ground.scf) await this.save(ground, ground.scf);
    await this.checkpoint.clear();
    this.timings['total'] = (performance.now() - this.began) / 1000;
    return output;
  }

  private async groundState(): Promise<Ground> {
    const { input, setup, context } = this;
    const start = input.start ? await this.loadStart(input.start.from) : null;
    if (start && input.task !== 'scf') {
      requireSameSystem(start, setup);
      const density = transferDensity(start, setup.system.lattice.volume, this.grid.waves, setup.system.lattice.volume);
      const { total } = screenedPotential(
        setup.functional,
        this.grid,
        setup.system.lattice.volume,
        density,
        this.fixedPotential,
      );
      return {
        converged: start.converged,
        fermiHartree: start.fermiHartree,
        kpoints: start.kpoints,
        eigenvalues: start.eigenvaluesHartree,
        occupations: start.occupations,
        potential: total,
        scf: null,
      };
    }
    context.onProgress?.({ kind: 'phase', phase: 'self-consistent field' });
    const began = performance.now();
    const kpoints = start ? await withSavedOrbitals(setup.kpoints, start) : setup.kpoints;
    const scf = await runScf({
      system: setup.system,
      functional: setup.functional,
      grid: this.grid,
      pool: this.pool,
      kpoints,
      symmetrize: createSymmetrizer(this.grid.waves, setup.operations),
      fixedPotential: this.fixedPotential,
      startDensity: this.checkpoint.density ?? this.startDensity(start),
      scheme: input.occupations.scheme,
      widthHartree: input.occupations.widthHartree,
      bandCount: setup.bandCount,
      energyToleranceHartree: input.scf.energyToleranceHartreePerAtom * setup.system.positions.length,
      maxIterations: input.scf.maxIterations,
      mixingFraction: input.scf.mixingFraction,
      kerkerWaveVector: usesKerker(input) ? 0.8 : null,
      signal: context.signal,
      onProgress: (progress) => context.onProgress?.(progress),
      onIteration: (density) => this.checkpoint.keepDensity(density),
    });
    this.timings['scf'] = (performance.now() - began) / 1000;
    return {
      converged: scf.converged,
      fermiHartree: scf.occupations.fermiHartree,
      kpoints: setup.kpoints,
      eigenvalues: scf.eigenvalues,
      occupations: scf.occupations.values,
      potential: scf.potential,
      scf,
    };
  }

  private loadStart(name: string): Promise<LoadedState> {
    const store = this.context.arrays?.(name);
    if (!store)
      throw new KernelError('start-missing', `There is no place to read the saved density "${name}" from.`, { name });
    return loadState(store, name);
  }

  /** Superposed atoms; or a saved density, moved along with its atoms by the difference of the superpositions. */
  private startDensity(start: LoadedState | null): Float64Array {
    const { system } = this.setup;
    const densities = this.atoms.map(({ densityAt }) => densityAt);
    const atomic = superposedDensity(system, densities, this.grid.waves);
    if (!start) return atomic;
    const oldLattice = createLattice(start.vectorsBohr);
    const old = transferDensity(start, oldLattice.volume, this.grid.waves, system.lattice.volume);
    const isSameAtoms = start.speciesOf.join() === system.speciesOf.join() && start.electrons === system.electrons;
    if (!isSameAtoms) {
      this.notes.push('The saved density is of other atoms: the run starts from superposed atoms instead.');
      return atomic;
    }
    const before = superposedDensity({ ...system, positions: start.positions }, densities, this.grid.waves);
    return old.map((value, i) => value + atomic[i]! - before[i]!);
  }

  private async addBands(output: PlanewaveOutput, ground: Ground): Promise<void> {
    const points = this.input.bands.kpoints!;
    const values = await this.solveAt(
      points.map(({ fractional }) => fractional),
      ground,
      'bands along the path',
    );
    output.eigenvalues = {
      kpoints: points.map(({ fractional, weight = 0, label }) => ({
        fractional,
        weight,
        ...(label === undefined ? {} : { label }),
      })),
      valuesHartree: [values],
    };
    const path = points.map(({ fractional, label }, i) => ({ fractional, label, eigenvalues: values[i]! }));
    output.gap = findGap([...path, ...meshSamples(ground)], this.setup.system.electrons);
  }

  private async addDensityOfStates(output: PlanewaveOutput, ground: Ground): Promise<void> {
    const { input, setup } = this;
    const mesh = input.dos.mesh ?? ('mesh' in input.kpoints ? input.kpoints.mesh : null);
    if (!mesh)
      throw new KernelError('dos-without-mesh', 'The density of states needs dos.mesh when the k-points are a list.');
    const reduced = kpointMesh({ mesh, operations: setup.gridOperations, timeReversal: input.timeReversal });
    const values = await this.solveAt(
      reduced.kpoints.map(({ fractional }) => fractional),
      ground,
      'density of states',
      await this.bandsForDensityOfStates(ground),
    );
    const { method, widthHartree, stepHartree } = input.dos;
    const weights = reduced.kpoints.map(({ weight }) => weight);
    requireModestCurve(values, stepHartree);
    const dos = densityOfStates({
      eigenvalues: values,
      weights,
      stepHartree,
      method:
        method === 'gaussian'
          ? { kind: 'gaussian', widthHartree }
          : {
              kind: 'tetrahedra',
              mesh: {
                mesh,
                irreducibleOf: Int32Array.from(reduced.fullMesh, (point) => point.irreducible),
                reciprocal: setup.system.lattice.reciprocal,
              },
            },
    });
    const { bandCount } = setup;
    output.eigenvalues = {
      kpoints: reduced.kpoints,
      valuesHartree: [values.map((bands) => bands.slice(0, bandCount))],
    };
    output.dos = {
      energiesHartree: dos.energiesHartree,
      statesPerHartree: [dos.statesPerHartree],
      integratedStates: [dos.integratedStates],
      fermiHartree: levelOfFilling(dos, setup.system.electrons),
    };
    const samples = reduced.kpoints.map(({ fractional }, i) => ({ fractional, eigenvalues: values[i]! }));
    output.gap = findGap([...samples, ...meshSamples(ground)], setup.system.electrons);
  }

  /**
   * The curve ends where the highest band begins to miss states; people look at least 5 eV above the gap or the Fermi level.
   * Bands are added until the point of the mesh whose highest band lies lowest is there, up to three times as many: the
   * vacuum of a slab holds states without end. A count that was asked for is kept.
   */
  private async bandsForDensityOfStates(ground: Ground): Promise<number> {
    const { setup, input } = this;
    const top = (bands: readonly number[]) => bands[bands.length - 1]!;
    const lowest = ground.eigenvalues.reduce(
      (best, bands, k) => (top(bands) < top(ground.eigenvalues[best]!) ? k : best),
      0,
    );
    const gap = findGap(meshSamples(ground), setup.system.electrons);
    const target = (gap.conduction?.energyHartree ?? ground.fermiHartree) + DOS_RANGE_HARTREE;
    const { lattice, cutoffHartree } = setup.system;
    const most = Math.min(3 * setup.bandCount, Math.floor(planeWavesOf(lattice.volume, cutoffHartree) / 2));
    let count = setup.bandCount;
    let reached = top(ground.eigenvalues[lowest]!);
    while (input.bands.count === undefined && reached < target && count < most) {
      count = Math.min(most, Math.ceil(1.2 * count) + 1);
      await this.pool.solvePoints(
        [{ index: 0, fractional: ground.kpoints[lowest]!.fractional }],
        { ...pointRequest(count), potential: ground.potential },
        ({ eigenvalues }) => {
          reached = eigenvalues[count - 1]!;
        },
      );
    }
    return count;
  }

  /** Eigenvalues at fixed density of the lowest `bandCount` bands at each point, [point][band]. */
  private async solveAt(
    points: [number, number, number][],
    ground: Ground,
    phase: string,
    bandCount = this.setup.bandCount,
  ): Promise<number[][]> {
    const began = performance.now();
    this.context.onProgress?.({ kind: 'phase', phase });
    const kept = (i: number) => this.checkpoint.points.get(i) ?? [];
    const values: number[][] = points.map((_, i) => (kept(i).length === bandCount ? kept(i) : []));
    let done = values.filter((bands) => bands.length > 0).length;
    const open = points.flatMap((fractional, index) => (values[index]!.length ? [] : [{ index, fractional }]));
    await this.pool.solvePoints(open, { ...pointRequest(bandCount), potential: ground.potential }, async (solved) => {
      this.context.signal?.throwIfAborted();
      if (!solved.converged) ground.converged = false;
      values[solved.index] = Array.from(solved.eigenvalues.subarray(0, bandCount));
      done++;
      this.context.onProgress?.({
        kind: 'kpoint',
        done,
        total: points.length,
        seconds: (performance.now() - began) / 1000,
      });
      await this.checkpoint.keepPoint(solved.index, values[solved.index]!);
    });
    this.timings[phase] = (performance.now() - began) / 1000;
    return values;
  }

  private describeGround(ground: Ground): PlanewaveOutput {
    const { input, setup, notes, timings } = this;
    const { scf } = ground;
    const energyZeroWidth =
      scf && scf.energyHartree - scf.termsHartree.smearing / (scf.occupations.freeEnergyWeight + 1);
    const gap = findGap(meshSamples(ground), setup.system.electrons);
    if (input.occupations.scheme === 'fixed' && gap.kind === 'metal')
      notes.push(
        'Occupied and empty bands overlap on the mesh: this is a metal, of which fixed occupations do not give the ground state. Choose a smearing.',
      );
    const topOccupation = Math.max(...ground.occupations.map((bands) => bands[bands.length - 1]!));
    if (input.occupations.scheme !== 'fixed' && topOccupation > 1e-3)
      notes.push(
        `The highest of the ${setup.bandCount} bands is filled to ${topOccupation.toPrecision(2)}: ask for more bands, or states are missing.`,
      );
    return {
      version: PLANEWAVE_VERSION,
      task: input.task,
      converged: ground.converged,
      energyHartree: scf?.energyHartree ?? null,
      energyZeroWidthHartree: energyZeroWidth,
      termsHartree: scf?.termsHartree ?? null,
      fermiHartree: ground.fermiHartree,
      electrons: setup.system.electrons,
      eigenvalues: {
        kpoints: ground.kpoints.map(({ fractional, weight, label }) => ({
          fractional,
          weight,
          ...(label === undefined ? {} : { label }),
        })),
        valuesHartree: [ground.eigenvalues],
        occupations: [ground.occupations],
      },
      gap,
      iterations: scf?.iterations ?? [],
      resolved: {
        cutoffHartree: setup.system.cutoffHartree,
        fftGrid: setup.system.grid,
        planeWaves: scf?.planeWaves ?? 0,
        bands: setup.bandCount,
        irreducibleKpoints: setup.kpoints.length,
        symmetryOperations: setup.operations.length,
        spaceGroupNumber: setup.spaceGroupNumber,
        pseudopotentials: Object.fromEntries(setup.system.species.map(({ element, name }) => [element, name])),
        backend: this.pool.backendDescription,
        threads: this.pool.size,
      },
      notes,
      timings,
    };
  }

  private async save(ground: Ground, scf: ScfResult): Promise<void> {
    const { to, density, wavefunctions } = this.input.save!;
    const store = this.context.arrays?.(to);
    if (!store || !density) return;
    await saveState(store, {
      system: this.setup.system,
      waves: this.grid.waves,
      density: scf.density,
      state: {
        inputHash: hashInput(this.input),
        converged: ground.converged,
        fermiHartree: ground.fermiHartree,
        kpoints: ground.kpoints.map(({ fractional, weight }) => ({ fractional, weight })),
        eigenvaluesHartree: ground.eigenvalues,
        occupations: ground.occupations,
      },
      ...(wavefunctions ? { orbitals: (index: number) => this.pool.orbitals(index, this.setup.bandCount) } : {}),
    });
  }
}

/** How a single point is solved, all its bands to one threshold. */
function pointRequest(bandCount: number) {
  return {
    tolerance: FINAL_RESIDUAL_HARTREE,
    required: bandCount,
    guardTolerance: GUARD_RESIDUAL_HARTREE,
    maxIterations: 100,
    bandCount: bandCount + guardBands(bandCount),
  };
}

/** 5 eV, and what the points between those of the mesh may lie lower. */
const DOS_RANGE_HARTREE = 0.2;

/** @throws KernelError dos-step for a curve of more points than anyone can draw. */
function requireModestCurve(values: readonly (readonly number[])[], stepHartree: number): void {
  const range = Math.max(...values.map((bands) => bands[bands.length - 1]!)) - Math.min(...values.map(([e]) => e!));
  if (range / stepHartree < MOST_ENERGIES) return;
  throw new KernelError(
    'dos-step',
    `dos.stepHartree ${stepHartree} cuts the ${range.toPrecision(3)} Ha that the bands span into more than ${MOST_ENERGIES} energies. Take a larger step.`,
    { stepHartree, rangeHartree: range },
  );
}
const MOST_ENERGIES = 100_000;

/** Long waves of charge slosh in metals; where all bands are full, plain mixing is quicker. */
function usesKerker({ scf, occupations }: ResolvedPlanewaveInput): boolean {
  return scf.mixing === 'kerker' || (scf.mixing === 'auto' && occupations.scheme !== 'fixed');
}

function meshSamples(ground: Ground): BandSample[] {
  return ground.kpoints.map(({ fractional, label }, i) => ({ fractional, label, eigenvalues: ground.eigenvalues[i]! }));
}

/** What decides the numbers: not where the work is done, nor where results go. */
function hashInput(input: ResolvedPlanewaveInput): string {
  const { backend: _backend, threads: _threads, save: _save, ...physics } = input;
  return sha256Hex(new TextEncoder().encode(JSON.stringify(physics)));
}
