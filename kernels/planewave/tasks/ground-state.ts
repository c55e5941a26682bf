import { KernelError } from '../../core/errors';
import { createLattice } from '../basis/lattice';
import type { BandSample } from '../observables/band-edges';
import { runScf, type ScfResult, type WeightedKpoint } from '../scf/run-scf';
import { createSymmetrizer } from '../scf/symmetrize';
import { hashInput, type Session } from '../session';
import { type LoadedState, loadState, saveState, transferDensity } from '../state/saved-state';
import { requireSameSystem, withSavedOrbitals } from '../state/start-from';
import { superposedDensity } from '../terms/local';
import { screenedPotential } from '../terms/screened-potential';

/** The converged ground state: computed here, or read from an earlier run. */
export interface Ground {
  converged: boolean;
  fermiHartree: number;
  fermiSpinHartree: [number, number] | null;
  kpoints: WeightedKpoint[];
  /** [spin][kpoint][band], Ha. */
  eigenvalues: number[][][];
  occupations: number[][][];
  /** V_ion + V_H + V_xc of each spin channel on the grid, Ha. */
  potentials: Float64Array[];
  /** n_s(G) by spin channel. */
  density: Float64Array[];
  /** Null where the density was read. */
  scf: ScfResult | null;
}

/** Tasks that take a saved density as it is; the others only start from it. */
const usesSavedDensity = (task: string) => task === 'bands' || task === 'dos' || task === 'volumes';

export async function groundState(session: Session): Promise<Ground> {
  const { input, setup, grid } = session;
  const start = input.start ? await loadStart(session, input.start.from) : null;
  if (start && usesSavedDensity(input.task)) {
    requireSameSystem(start, setup);
    const { volume } = setup.system.lattice;
    const density = transferDensity(start, volume, grid.waves, volume);
    const { total } = screenedPotential(setup.functional, grid, volume, density, session.fixed);
    return {
      converged: start.converged,
      fermiHartree: start.fermiHartree,
      fermiSpinHartree: null,
      kpoints: start.kpoints,
      eigenvalues: start.eigenvaluesHartree,
      occupations: start.occupations,
      potentials: total,
      density,
      scf: null,
    };
  }
  const kpoints = start ? await withSavedOrbitals(setup.kpoints, start) : setup.kpoints;
  const density = session.checkpoint.takeDensity(grid.waves.count) ?? startDensity(session, start);
  return converge(session, { kpoints, density });
}

/** The self-consistent cycle of the session's system, from a density and, where they are kept, from the orbitals that the pool holds. */
export async function converge(
  session: Session,
  from: { kpoints: WeightedKpoint[]; density: Float64Array[]; keepsOrbitals?: boolean },
): Promise<Ground> {
  const { input, setup, context, grid } = session;
  session.phase('self-consistent field');
  const began = performance.now();
  const scf = await runScf({
    system: setup.system,
    functional: setup.functional,
    grid,
    pool: session.pool,
    kpoints: from.kpoints,
    symmetrize: createSymmetrizer(grid.waves, setup.operations),
    fixed: session.fixed,
    dispersionHartree: session.dispersion?.energy ?? null,
    startDensity: from.density,
    totalMagnetisation: setup.totalMagnetisation,
    scheme: input.occupations.scheme,
    widthHartree: input.occupations.widthHartree,
    bandCount: setup.bandCount,
    energyToleranceHartree: input.scf.energyToleranceHartreePerAtom * setup.system.positions.length,
    maxIterations: input.scf.maxIterations,
    mixingFraction: input.scf.mixingFraction,
    kerkerWaveVector: usesKerker(session) ? 0.8 : null,
    signal: context.signal,
    onProgress: (progress) => context.onProgress?.(progress),
    onIteration: (density) => session.checkpoint.keepDensity(density),
    ...(from.keepsOrbitals ? { keepsOrbitals: true } : {}),
  });
  session.timings['scf'] = (session.timings['scf'] ?? 0) + (performance.now() - began) / 1000;
  return {
    converged: scf.converged,
    fermiHartree: scf.occupations.fermiHartree,
    fermiSpinHartree: scf.occupations.fermiSpinHartree,
    kpoints: setup.kpoints,
    eigenvalues: scf.eigenvalues,
    occupations: scf.occupations.values,
    potentials: scf.potentials,
    density: scf.density,
    scf,
  };
}

/** Long waves of charge slosh in metals; where all bands are full, plain mixing is quicker. */
function usesKerker({ input: { scf, occupations } }: Session): boolean {
  return scf.mixing === 'kerker' || (scf.mixing === 'auto' && occupations.scheme !== 'fixed');
}

function loadStart({ context }: Session, name: string): Promise<LoadedState> {
  const store = context.arrays?.(name);
  if (!store)
    throw new KernelError('start-missing', `There is no place to read the saved density "${name}" from.`, { name });
  return loadState(store, name);
}

/** What a cycle starts from: the density that the input names, or superposed atoms. */
export async function firstDensity(session: Session): Promise<Float64Array[]> {
  const { start } = session.input;
  return startDensity(session, start ? await loadStart(session, start.from) : null);
}

/** Superposed neutral atoms, n_s(G). */
export function atomicDensity({ setup, atoms, grid }: Session, system = setup.system): Float64Array[] {
  return superposedDensity(
    system,
    atoms.map(({ densityAt }) => densityAt),
    grid.waves,
  );
}

/** Superposed atoms; or a saved density, moved along with its atoms by the difference of the superpositions. */
function startDensity(session: Session, start: LoadedState | null): Float64Array[] {
  const { system } = session.setup;
  const atomic = atomicDensity(session);
  if (!start) return atomic;
  const oldVolume = createLattice(start.vectorsBohr).volume;
  const old = transferDensity(start, oldVolume, session.grid.waves, system.lattice.volume);
  const isSameAtoms = start.speciesOf.join() === system.speciesOf.join() && start.electrons === system.electrons;
  if (!isSameAtoms || start.spinChannels !== system.spinChannels) {
    session.notes.push(
      'The saved density is of other atoms or another kind of spin: the run starts from superposed atoms instead.',
    );
    return atomic;
  }
  // Without the moments, which the saved density has in its own way.
  const plain = { ...system, initialMoments: system.initialMoments.map(() => 0) };
  const before = atomicDensity(session, { ...plain, positions: start.positions });
  const after = atomicDensity(session, plain);
  return old.map((channel, s) => channel.map((value, i) => value + after[s]![i]! - before[s]![i]!));
}

export function meshSamples({ kpoints, eigenvalues }: Ground): BandSample[] {
  return eigenvalues.flatMap((bands, spin) =>
    kpoints.map(({ fractional, label }, i) => ({ fractional, label, spin, eigenvalues: bands[i]! })),
  );
}

/** Writes density and orbitals where the input says so. */
export async function saveGround(session: Session, ground: Ground): Promise<void> {
  const { input, setup, grid, pool, context } = session;
  if (!input.save || !ground.scf) return;
  const store = context.arrays?.(input.save.to);
  if (!store || !input.save.density) return;
  await saveState(store, {
    system: setup.system,
    waves: grid.waves,
    density: ground.density,
    state: {
      inputHash: hashInput(input),
      converged: ground.converged,
      fermiHartree: ground.fermiHartree,
      kpoints: ground.kpoints.map(({ fractional, weight }) => ({ fractional, weight })),
      eigenvaluesHartree: ground.eigenvalues,
      occupations: ground.occupations,
    },
    ...(input.save.wavefunctions ? { orbitals: (task: number) => pool.orbitals(task, setup.bandCount) } : {}),
  });
}
