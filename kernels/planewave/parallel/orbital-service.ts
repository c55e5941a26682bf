import type { Backend, BackendId } from '../backends/backend';
import type { Vector3 } from '../basis/lattice';
import { createOrbitalGrid, type OrbitalGrid } from '../basis/orbital-grid';
import { createPlaneWaves, gridIndicesOf, type PlaneWaves } from '../basis/plane-waves';
import { solveDavidson } from '../eigen/davidson';
import { createHamiltonian, type Hamiltonian } from '../eigen/hamiltonian';
import { createPointProblem, type PointProblem } from '../eigen/point-problem';
import { randomizeLast, startOrbitals, transferOrbitals } from '../eigen/start-orbitals';
import { Workspace } from '../eigen/workspace';
import { crystalOrbitals, type OrbitalOperation, projectionWeights, projectOrbitals } from '../observables/projections';
import { measure } from '../profile';
import type { AtomicOrbital } from '../pseudo/atomic-orbital';
import { createPseudopotential } from '../pseudo/create-pseudopotential';
import type { Pseudopotential } from '../pseudo/pseudopotential';
import type { System } from '../system';
import { kineticStrain } from '../terms/kinetic';
import { nonlocalDerivatives, type OrbitalDerivatives } from '../terms/nonlocal-derivatives';
import { sumTensors, sumVectors, zeroTensor, zeroVectors } from '../terms/tensor';

export interface StoredOrbitals {
  triples: Int32Array;
  /** Plane waves x bands, interleaved. */
  coefficients: Float64Array;
}

export interface KpointTask {
  index: number;
  /** Channel: 0 without spin; 0 up and 1 down with it. */
  spin: number;
  fractional: Vector3;
  /** Orbitals of an earlier run to start from. */
  start?: StoredOrbitals;
}

export interface PrepareRequest {
  system: System;
  /** Atomic orbitals by species, for the start and for projections. */
  atoms: AtomicOrbital[][];
}

/** Weights on atomic orbitals: of each point as it is, or averaged over the points that the operations make of it. */
export interface ProjectionRequest {
  operations: OrbitalOperation[] | null;
}

export interface SolveRequest {
  /** Local potential of each spin channel on the grid, Ha; absent: those of the last call. */
  potentials?: Float64Array[];
  tolerance: number;
  required: number;
  maxIterations: number;
  /** For the band beyond the required ones: see EigenOptions. */
  guardTolerance?: number;
}

export interface SolvedKpoint {
  index: number;
  /** Bands x orbitals, where they were asked for. */
  projections?: Float64Array;
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
  /** Of each spin channel on the orbitals' grid, Ha. */
  let potentials: Float64Array[] = [];
  let kpoints: Kpoint[] = [];
  let pathState: { waves: PlaneWaves; orbitals: Float64Array } | null = null;

  const hamiltonianAt = ({ fractional, spin }: { fractional: Vector3; spin: number }) => {
    const { lattice, cutoffHartree, basis } = system;
    const waves = createPlaneWaves(lattice, fractional, 2 * cutoffHartree, [...grid.plan.n], basis);
    const localPotential = () => potentials[spin]!;
    const H = createHamiltonian(backend, grid.plan, system, pseudopotentials, waves, localPotential);
    return { H, problem: createPointProblem(H, { backend, system, pseudopotentials, localPotential, workspace }) };
  };
  const weightsOf = async (H: Hamiltonian, psi: Float64Array, count: number, { operations }: ProjectionRequest) => {
    const some = psi.subarray(0, 2 * H.waves.count * count);
    const amplitudes = await projectOrbitals(backend, system, atoms, H.waves, some, count);
    return projectionWeights(crystalOrbitals(system, atoms), amplitudes, count, operations);
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
      pseudopotentials = system.species.map(createPseudopotential);
    },

    async assign(request: { bandCount: number; guardCount: number; kpoints: KpointTask[] }): Promise<void> {
      ({ bandCount, guardCount } = request);
      kpoints = request.kpoints.map((task) => ({ ...task, ...hamiltonianAt(task), orbitals: null }));
    },

    async solve(request: SolveRequest): Promise<SolvedKpoint[]> {
      if (request.potentials) potentials = request.potentials.map((potential) => grid.restrict(potential));
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

    /** By spin channel: sum over own k-points of weights[k][band] |psi(r)|^2 on the grid, not divided by the volume. */
    async density(request: { weights: Record<number, Float64Array> }): Promise<Float64Array[]> {
      const [n0, n1, n2] = grid.plan.n;
      const density = Array.from({ length: system.spinChannels }, () => new Float64Array(n0 * n1 * n2));
      for (const { index, spin, problem, H, orbitals } of kpoints) {
        const { weights, count } = filledOf(request.weights[index]!);
        measure('density', () =>
          problem.accumulateDensity(orbitals!.subarray(0, 2 * H.waves.count * count), weights, density[spin]!),
        );
      }
      return measure('density', () => density.map((channel) => grid.prolong(channel)));
    },

    /** Forces and strain derivative of kinetic and non-local energies, summed over own k-points. */
    async derivatives(request: {
      weights: Record<number, Float64Array>;
      wanted: { forces: boolean; strain: boolean };
    }): Promise<OrbitalDerivatives> {
      const parts: OrbitalDerivatives[] = [{ forces: zeroVectors(system.positions.length), strain: zeroTensor() }];
      for (const { index, H, orbitals } of kpoints) {
        const { weights, count } = filledOf(request.weights[index]!);
        const psi = orbitals!.subarray(0, 2 * H.waves.count * count);
        parts.push(
          await nonlocalDerivatives(
            backend,
            system,
            pseudopotentials,
            H.waves,
            H.nonlocal,
            psi,
            weights,
            request.wanted,
          ),
        );
        if (request.wanted.strain) {
          const strain = kineticStrain(H.waves, psi, weights, system.kineticSmoothing);
          parts.push({ forces: zeroVectors(system.positions.length), strain });
        }
      }
      return {
        forces: sumVectors(parts.map(({ forces }) => forces)),
        strain: sumTensors(parts.map(({ strain }) => strain)),
      };
    },

    /** The same atoms at other places or in a deformed cell: the plane waves stay, and so do the orbitals' coefficients. */
    async move(request: { system: System }): Promise<void> {
      system = request.system;
      pathState = null;
      kpoints = kpoints.map((kpoint) => ({ ...kpoint, ...hamiltonianAt(kpoint) }));
    },

    /** Weights of the own k-points' bands on atomic orbitals, bands x orbitals each. */
    async project(request: ProjectionRequest & { bandCount: number }): Promise<Record<number, Float64Array>> {
      const weights: Record<number, Float64Array> = {};
      for (const { index, H, orbitals } of kpoints)
        weights[index] = await weightsOf(H, orbitals!, request.bandCount, request);
      return weights;
    },

    async orbitals(request: { index: number; count: number }): Promise<StoredOrbitals> {
      const { H, orbitals } = kpoints.find(({ index }) => index === request.index)!;
      return { triples: H.waves.triples, coefficients: orbitals!.slice(0, 2 * H.waves.count * request.count) };
    },

    /** One point of a path at the given potential; the last point solved here is its start, with noise against missed states. */
    async solvePoint(
      request: SolveRequest & KpointTask & { bandCount: number; projection?: ProjectionRequest },
    ): Promise<SolvedKpoint> {
      if (request.potentials) potentials = request.potentials.map((potential) => grid.restrict(potential));
      const { H, problem } = hamiltonianAt(request);
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
      const summary = summarize(request.index, result, request.required, { H, problem }, 0);
      if (!request.projection) return summary;
      return { ...summary, projections: await weightsOf(H, pathState.orbitals, request.required, request.projection) };
    },

    /** One orbital on the run's grid, psi(r) times the root of the volume: what the last point solved here has as its band. */
    async orbitalOnGrid({ band }: { band: number }): Promise<Float64Array> {
      const { waves, orbitals } = pathState!;
      const [n0, n1, n2] = system.grid;
      const out = new Float64Array(2 * n0 * n1 * n2);
      backend
        .planFft(system.grid)
        .sphere(gridIndicesOf(waves.triples, system.grid))
        .toGrid(orbitals.slice(2 * waves.count * band, 2 * waves.count * (band + 1)), out);
      return out;
    },

    async close(): Promise<void> {
      backend?.dispose();
    },
  };
}

/** The weights up to the last band that holds electrons. */
function filledOf(weights: Float64Array): { weights: Float64Array; count: number } {
  let count = weights.length;
  while (count > 0 && weights[count - 1] === 0) count--;
  return { weights: weights.subarray(0, count), count };
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
