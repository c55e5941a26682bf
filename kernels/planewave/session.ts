import type { KernelContext } from '../core/kernel';
import { sha256Hex } from '../core/sha256';
import { type Dispersion, d3Dispersion } from '../dispersion/d3';
import { dampingFor } from '../dispersion/run';
import type { Backend, BackendId } from './backends/backend';
import { createDensityGrid, type DensityGrid } from './basis/density-grid';
import { createDensityPlaneWaves } from './basis/plane-waves';
import type { PlanewaveHost } from './host';
import { OrbitalPool } from './parallel/orbital-pool';
import type { StartingAtom } from './pseudo/atomic-orbital';
import { createPseudopotential, createStartingAtom } from './pseudo/create-pseudopotential';
import type { Pseudopotential } from './pseudo/pseudopotential';
import type { ResolvedPlanewaveInput } from './schema';
import type { Setup } from './setup/prepare-setup';
import { type Checkpoint, createCheckpoint } from './state/checkpoint';
import type { System } from './system';
import { coreDensity } from './terms/core-density';
import { createCoulomb } from './terms/coulomb';
import { atomsOfSystem } from './terms/dispersion';
import { readExternalPotential } from './terms/external-potential';
import { ionicPotential } from './terms/local';
import type { FixedFields } from './terms/screened-potential';

/** Everything that a run holds open: threads with their orbitals, grids, atoms, the checkpoint; and what it has to say. */
export class Session {
  readonly began = performance.now();
  readonly timings: Record<string, number> = {};
  readonly notes: string[];
  setup!: Setup;
  grid!: DensityGrid;
  /** V_ion plus any external potential on the grid, Ha. */
  fixedPotential!: Float64Array;
  /** n_core(G) of all cores that take part in exchange and correlation, bohr^-3; null where there are none. */
  core: Float64Array | null = null;
  /** The D3 correction of the geometry, where it was asked for. */
  dispersion: Dispersion | null = null;
  private external: Float64Array | null = null;

  private constructor(
    readonly host: PlanewaveHost,
    readonly input: ResolvedPlanewaveInput,
    readonly context: KernelContext,
    readonly pool: OrbitalPool,
    readonly backend: Backend,
    readonly checkpoint: Checkpoint,
    readonly atoms: StartingAtom[],
    readonly pseudopotentials: Pseudopotential[],
    notes: string[],
  ) {
    this.notes = [...notes];
  }

  static async open(
    host: PlanewaveHost,
    input: ResolvedPlanewaveInput,
    setup: Setup,
    context: KernelContext,
  ): Promise<Session> {
    context.onProgress?.({ kind: 'phase', phase: 'preparing' });
    const backendId: BackendId = input.backend ?? (await host.defaultBackend());
    const points = setup.system.spinChannels * Math.max(setup.kpoints.length, input.bands.kpoints?.length ?? 0);
    const workers = await host.openPool(Math.max(1, Math.min(input.threads ?? host.defaultThreads, points)));
    try {
      // The threads load their libraries while this one solves the atoms.
      const opening = OrbitalPool.open(workers, backendId);
      // Where this thread fails first, what becomes of the others is of no interest.
      opening.catch(() => {});
      const backend = await host.openBackend(backendId);
      const { species } = setup.system;
      const atoms = species.map((one) => createStartingAtom(one, setup.functional));
      const pool = await opening;
      const checkpoint = await createCheckpoint(context, hashInput(input));
      const pseudopotentials = species.map(createPseudopotential);
      const session = new Session(
        host,
        input,
        context,
        pool,
        backend,
        checkpoint,
        atoms,
        pseudopotentials,
        setup.notes,
      );
      await session.begin(setup);
      return session;
    } catch (error) {
      // Threads that stay open would keep the program from ending.
      await workers.close();
      throw error;
    }
  }

  /** Takes up a system with fresh plane waves; no orbitals are kept. */
  async begin(setup: Setup): Promise<void> {
    const { system } = setup;
    this.setup = setup;
    await this.pool.prepare({ system, atoms: this.atoms.map(({ orbitals }) => orbitals) });
    const points = system.grid[0] * system.grid[1] * system.grid[2];
    const { externalPotential } = this.input;
    this.external = externalPotential ? await readExternalPotential(externalPotential.npy, points, this.context) : null;
    this.place(system);
  }

  /** The same atoms at other places, or in a deformed cell, with the same plane waves: the orbitals are kept. */
  async move(system: System): Promise<void> {
    this.setup = { ...this.setup, system };
    await this.pool.move(system);
    this.place(system);
  }

  private place(system: System): void {
    const { lattice, cutoffHartree, grid, basis } = system;
    const waves = createDensityPlaneWaves(lattice, cutoffHartree, grid, basis);
    this.grid = createDensityGrid(
      this.backend.planFft(grid),
      waves,
      createCoulomb(this.input.boundaries, lattice, waves),
    );
    this.fixedPotential = this.grid.toReal(ionicPotential(system, this.pseudopotentials, this.grid));
    this.core = coreDensity(system, this.pseudopotentials, waves);
    this.dispersion =
      this.input.dispersion === 'd3bj'
        ? d3Dispersion(atomsOfSystem(system, this.setup.structure.periodic), dampingFor(system.functional))
        : null;
    const { external, fixedPotential } = this;
    if (external) for (let i = 0; i < external.length; i++) fixedPotential[i]! += external[i]!;
  }

  get fixed(): FixedFields {
    return { potential: this.fixedPotential, core: this.core };
  }

  phase(phase: string): void {
    this.context.onProgress?.({ kind: 'phase', phase });
  }

  async close(): Promise<void> {
    await this.pool.close();
    this.backend.dispose();
  }
}

/** What decides the numbers: not where the work is done, nor where results go. */
export function hashInput(input: ResolvedPlanewaveInput): string {
  const { backend: _backend, threads: _threads, save: _save, ...physics } = input;
  return sha256Hex(new TextEncoder().encode(JSON.stringify(physics)));
}
