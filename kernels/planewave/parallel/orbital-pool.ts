import type { WorkerPool } from '../../core/pool';
import type { BackendId } from '../backends/backend';
import type { System } from '../system';
import type { OrbitalDerivatives } from '../terms/nonlocal-derivatives';
import { sumTensors, sumVectors } from '../terms/tensor';
import type {
  KpointTask,
  PrepareRequest,
  ProjectionRequest,
  SolvedKpoint,
  SolveRequest,
  StoredOrbitals,
} from './orbital-service';

/** The k-points of a run spread over the workers of a pool. */
export class OrbitalPool {
  private owner: number[] = [];

  private constructor(
    private readonly pool: WorkerPool,
    readonly backendDescription: string,
  ) {}

  /** Has every worker open its back end. */
  static async open(pool: WorkerPool, backend: BackendId): Promise<OrbitalPool> {
    const opened = await Promise.all(
      workersOf(pool).map((worker) => pool.call<{ description: string }>(worker, 'open', { backend })),
    );
    return new OrbitalPool(pool, opened[0]!.description);
  }

  async prepare(request: PrepareRequest): Promise<void> {
    await Promise.all(workersOf(this.pool).map((worker) => this.pool.call(worker, 'prepare', request)));
  }

  get size(): number {
    return this.pool.size;
  }

  /** Deals the k-points out by what they cost, the dearest first, each to the worker that has least to do. */
  async assign(kpoints: KpointTask[], bandCount: number, guardCount: number): Promise<void> {
    this.owner = dealByCost(kpoints.map(costOf), this.pool.size);
    await Promise.all(
      workersOf(this.pool).map((worker) =>
        this.pool.call(worker, 'assign', {
          bandCount,
          guardCount,
          kpoints: kpoints.filter((_, i) => this.owner[i] === worker),
        }),
      ),
    );
  }

  async solve(request: SolveRequest): Promise<SolvedKpoint[]> {
    const parts = await Promise.all(
      workersOf(this.pool).map((worker) => this.pool.call<SolvedKpoint[]>(worker, 'solve', request)),
    );
    return parts.flat().sort((a, b) => a.index - b.index);
  }

  /** By spin channel: sum_k sum_b weights[task][b] |psi_kb(r)|^2 on the grid. */
  async density(weights: Float64Array[]): Promise<Float64Array[]> {
    const parts = await Promise.all(
      workersOf(this.pool).map((worker) =>
        this.pool.call<Float64Array[]>(worker, 'density', { weights: this.ownOf(worker, weights) }),
      ),
    );
    const [sum, ...others] = parts as [Float64Array[], ...Float64Array[][]];
    for (const part of others)
      part.forEach((channel, s) => {
        for (let i = 0; i < channel.length; i++) sum[s]![i]! += channel[i]!;
      });
    return sum;
  }

  /** Derivatives of kinetic and non-local energies, summed over all tasks with these weights of their orbitals. */
  async derivatives(
    weights: Float64Array[],
    wanted: { forces: boolean; strain: boolean },
  ): Promise<OrbitalDerivatives> {
    const parts = await Promise.all(
      workersOf(this.pool).map((worker) =>
        this.pool.call<OrbitalDerivatives>(worker, 'derivatives', { weights: this.ownOf(worker, weights), wanted }),
      ),
    );
    return {
      forces: sumVectors(parts.map(({ forces }) => forces)),
      strain: sumTensors(parts.map(({ strain }) => strain)),
    };
  }

  /** Carries the orbitals over to other places of the atoms or a deformed cell. */
  async move(system: System): Promise<void> {
    await Promise.all(workersOf(this.pool).map((worker) => this.pool.call(worker, 'move', { system })));
  }

  private ownOf(worker: number, weights: Float64Array[]): Record<number, Float64Array> {
    return Object.fromEntries(weights.flatMap((w, k) => (this.owner[k] === worker ? [[k, w]] : [])));
  }

  /** Weights of every task's lowest bands on atomic orbitals, bands x orbitals, [task]. */
  async project(request: ProjectionRequest & { bandCount: number }): Promise<Float64Array[]> {
    const parts = await Promise.all(
      workersOf(this.pool).map((worker) => this.pool.call<Record<number, Float64Array>>(worker, 'project', request)),
    );
    return this.owner.map((worker, task) => parts[worker]![task]!);
  }

  orbitals(index: number, count: number): Promise<StoredOrbitals> {
    return this.pool.call(this.owner[index]!, 'orbitals', { index, count });
  }

  /**
   * Diagonalises points one by one at a fixed potential; each worker takes a run of neighbouring points, so that one starts
   * from the last.
   */
  async solvePoints(
    points: KpointTask[],
    request: SolveRequest & { bandCount: number; projection?: ProjectionRequest },
    onSolved: (solved: SolvedKpoint) => Promise<void> | void,
  ): Promise<void> {
    const chunk = Math.ceil(points.length / this.pool.size);
    await Promise.all(
      workersOf(this.pool).map(async (worker) => {
        let potentials = request.potentials;
        for (const point of points.slice(worker * chunk, (worker + 1) * chunk)) {
          const solved = await this.pool.call<SolvedKpoint>(worker, 'solvePoint', { ...request, ...point, potentials });
          potentials = undefined;
          await onSolved(solved);
        }
      }),
    );
  }

  /** The orbital of a band at a point, on the grid: psi(r) times the root of the volume. */
  async orbitalAt(
    point: KpointTask,
    request: SolveRequest & { bandCount: number },
    band: number,
  ): Promise<Float64Array> {
    await this.pool.call<SolvedKpoint>(0, 'solvePoint', { ...request, ...point });
    return this.pool.call(0, 'orbitalOnGrid', { band });
  }

  async close(): Promise<void> {
    await Promise.all(workersOf(this.pool).map((worker) => this.pool.call(worker, 'close', {})));
    await this.pool.close();
  }
}

/** Orbitals at a point are real where 2k is a reciprocal vector: half the work. Plane waves are nearly as many at every point. */
function costOf({ fractional }: KpointTask): number {
  return fractional.every((x) => Math.abs(2 * x - Math.round(2 * x)) < 1e-9) ? 1 : 2;
}

function dealByCost(costs: readonly number[], workers: number): number[] {
  const load = new Array<number>(workers).fill(0);
  const owner = new Array<number>(costs.length).fill(0);
  const dearestFirst = [...costs.keys()].sort((a, b) => costs[b]! - costs[a]!);
  for (const point of dearestFirst) {
    const least = load.indexOf(Math.min(...load));
    owner[point] = least;
    load[least]! += costs[point]!;
  }
  return owner;
}

function workersOf(pool: WorkerPool): number[] {
  return Array.from({ length: pool.size }, (_, worker) => worker);
}
