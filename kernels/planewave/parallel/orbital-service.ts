import type { Backend, BackendId } from '../backends/backend';
import type { Vector3 } from '../basis/lattice';
import { createOrbitalGrid, type OrbitalGrid } from '../basis/orbital-grid';
import { createPlaneWaves, type PlaneWaves } from '../basis/plane-waves';
import { solveDavidson } from '../eigen/davidson';
import { createHamiltonian, type Hamiltonian } from '../eigen/hamiltonian';
import { createPointProblem, type PointProblem } from '../eigen/point-problem';
import { randomizeLast, startOrbitals, transferOrbitals } from '../eigen/start-orbitals';
import { Workspace } from '../eigen/workspace';
import { measure } from '../profile';
import type { AtomicOrbital } from '../pseudo/atom';
import { createGthPseudopotential } from '../pseudo/gth';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';

export interface StoredOrbitals {
  triples: Int32Array;
  /** Plane waves x bands, interleaved. */
  coefficients: Float64Array;
}

export interface KpointTask {
  index: number;
  fractional: Vector3;
  /** Orbitals of an earlier run to start from. */
  start?: StoredOrbitals;
}

export interface PrepareRequest {
  system: System;
  /** Atomic orbitals by species, for the start. */
  atoms: AtomicOrbital[][];
}

export interface SolveRequest {
  /** Local potential on the grid, Ha; absent: the one of the last call. */
  potential?: Float64Array;
  tolerance: number;
  required: number;
  maxIterations: number;
  /** For the band beyond the required ones: see EigenOptions. */
  guardTolerance?: number;
}

export interface SolvedKpoint {
  index: number;
  eigenvalues: Float64Array;
  largestResidual: number;
  converged: boolean;
  applications: number;
  planeWaves: number;
}

interface Kpoint extends KpointTask {
  H: Hamiltonian;
  problem: PointProblem;
  /** On the whole sphere. */
  orbitals: Float64Array | null;
}

/**
 * What one thread does: it keeps the orbitals of its k-points and solves for them, sums their densities, and diagonalises
 * single points of a path. `bandCount` counts a few more bands than are asked for: they speed up the highest ones.
 */
export function createOrbitalService(openBackend: (id: BackendId) => Promise<Backend>) {
  let backend: Backend;
  let grid: OrbitalGrid;
  const workspace = new Workspace();
  let system: System;
  let pseudopotentials: Pseudopotential[];
  let atoms: AtomicOrbital[][];
  let bandCount = 0;
  let guardCount = 0;
  /** On the orbitals' grid, Ha. */
  let potential: Float64Array = new Float64Array(0);
  let kpoints: Kpoint[] = [];
  let pathState: { waves: PlaneWaves; orbitals: Float64Array } | null = null;

  const hamiltonianAt = (fractional: Vector3) => {
    const waves = createPlaneWaves(system.lattice, fractional, 2 * system.cutoffHartree, [...grid.plan.n]);
    const localPotential = () => potential;
    const H = createHamiltonian(backend, grid.plan, system, pseudopotentials, waves, localPotential);
    return { H, problem: createPointProblem(H, { backend, system, pseudopotentials, localPotential, workspace }) };
  };
  const atomicStart = (problem: PointProblem, count: number, guards: number) => {
    return measure('first orbitals', () => startOrbitals(problem, system, atoms, count, guards));
  };

  const startOf = async ({ problem, H, orbitals, start }: Kpoint) => {
    if (orbitals) return problem.restrict(orbitals);
    const adopted = start && (await adoptOrbitals(start, H.waves, problem, bandCount, guardCount));
    return adopted ?? atomicStart(problem, bandCount, guardCount);
  };

  return {
    async open(request: { backend: BackendId }): Promise<{ description: string }> {
      backend = await openBackend(request.backend);
      return { description: backend.description };
    },

    async prepare(request: PrepareRequest): Promise<void> {
      system = request.system;
      atoms = request.atoms;
      grid = createOrbitalGrid(backend, system);
      pseudopotentials = system.species.map(createGthPseudopotential);
    },

    async assign(request: { bandCount: number; guardCount: number; kpoints: KpointTask[] }): Promise<void> {
      ({ bandCount, guardCount } = request);
      kpoints = request.kpoints.map((task) => ({ ...task, ...hamiltonianAt(task.fractional), orbitals: null }));
    },

    async solve(request: SolveRequest): Promise<SolvedKpoint[]> {
      if (request.potential) potential = grid.restrict(request.potential);
      const solved: SolvedKpoint[] = [];
      for (const kpoint of kpoints) {
        const { problem } = kpoint;
        const before = problem.applications;
        const start = await startOf(kpoint);
        const result = await solveDavidson(
          problem.products,
          problem,
          start,
          Math.min(bandCount, start.length / (2 * problem.size)),
          { ...request, workspace },
        );
        kpoint.orbitals = problem.expand(result.orbitals);
        solved.push(summarize(kpoint.index, result, request.required, kpoint, before));
      }
      return solved;
    },

    /** Sum over own k-points of weights[k][band] |psi(r)|^2 on the grid, not divided by the volume. */
    async density(request: { weights: Record<number, Float64Array> }): Promise<Float64Array> {
      const [n0, n1, n2] = grid.plan.n;
      const density = new Float64Array(n0 * n1 * n2);
      for (const { index, problem, H, orbitals } of kpoints) {
        const weights = request.weights[index]!;
        let filled = weights.length;
        while (filled > 0 && weights[filled - 1] === 0) filled--;
        measure('density', () =>
          problem.accumulateDensity(
            orbitals!.subarray(0, 2 * H.waves.count * filled),
            weights.subarray(0, filled),
            density,
          ),
        );
      }
      return measure('density', () => grid.prolong(density));
    },

    async orbitals(request: { index: number; count: number }): Promise<StoredOrbitals> {
      const { H, orbitals } = kpoints.find(({ index }) => index === request.index)!;
      return { triples: H.waves.triples, coefficients: orbitals!.slice(0, 2 * H.waves.count * request.count) };
    },

    /** One point of a path at the given potential; the last point solved here is its start, with noise against missed states. */
    async solvePoint(request: SolveRequest & KpointTask & { bandCount: number }): Promise<SolvedKpoint> {
      if (request.potential) potential = grid.restrict(request.potential);
      const { H, problem } = hamiltonianAt(request.fractional);
      const count = Math.min(request.bandCount, H.waves.count);
      const guards = Math.max(0, count - request.required);
      const start =
        pathState && pathState.orbitals.length / (2 * pathState.waves.count) >= count
          ? withNoise(
              await problem.adopt(transferOrbitals(pathState.waves, pathState.orbitals, count, H.waves)),
              problem,
              guards,
            )
          : await atomicStart(problem, count, guards);
      const result = await solveDavidson(problem.products, problem, start, count, { ...request, workspace });
      pathState = { waves: H.waves, orbitals: problem.expand(result.orbitals) };
      return summarize(request.index, result, request.required, { H, problem }, 0);
    },

    async close(): Promise<void> {
      backend?.dispose();
    },
  };
}

export type OrbitalService = ReturnType<typeof createOrbitalService>;

function summarize(
  index: number,
  result: Awaited<ReturnType<typeof solveDavidson>>,
  required: number,
  { H, problem }: Pick<Kpoint, 'H' | 'problem'>,
  before: number,
): SolvedKpoint {
  return {
    index,
    eigenvalues: result.eigenvalues,
    largestResidual: Math.max(...result.residuals.subarray(0, required)),
    converged: result.converged,
    applications: problem.applications - before,
    planeWaves: H.waves.count,
  };
}

/** Orbitals from another run's sphere, which hold no guards; null when there are fewer bands than wanted, so that the atoms start again. */
async function adoptOrbitals(
  { triples, coefficients }: StoredOrbitals,
  waves: PlaneWaves,
  problem: PointProblem,
  bandCount: number,
  guardCount: number,
): Promise<Float64Array | null> {
  const count = triples.length / 3;
  const bands = coefficients.length / (2 * count);
  if (bands < bandCount - guardCount) return null;
  const orbitals = new Float64Array(2 * waves.count * bandCount);
  orbitals.set(transferOrbitals({ ...waves, count, triples }, coefficients, Math.min(bands, bandCount), waves));
  return randomizeLast(await problem.adopt(orbitals), problem, guardCount);
}

function withNoise(orbitals: Float64Array, problem: PointProblem, guards: number): Float64Array {
  const { waves } = problem;
  let state = 88172645;
  for (let i = 0; i < orbitals.length; i++) {
    // A xorshift is enough here: the noise only has to have no symmetry.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    orbitals[i]! +=
      (1e-3 * (state / 2147483648)) / ((1 + waves.squares[(i >> 1) % waves.count]!) * Math.sqrt(waves.count));
  }
  return randomizeLast(orbitals, problem, guards);
}
