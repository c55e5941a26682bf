import type { WorkerPool } from '../../core/pool';
import type { BackendId } from '../backends/backend';
import type { KpointTask, PrepareRequest, SolvedKpoint, SolveRequest, StoredOrbitals } from './orbital-service';

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

  /** sum_k sum_b weights[k][b] |psi_kb(r)|^2 on the grid. */
  async density(weights: Float64Array[]): Promise<Float64Array> {
    const parts = await Promise.all(
      workersOf(this.pool).map((worker) => {
        const own = Object.fromEntries(weights.flatMap((w, k) => (this.owner[k] === worker ? [[k, w]] : [])));
        return this.pool.call<Float64Array>(worker, 'density', { weights: own });
      }),
    );
    const sum = parts[0]!;
    for (const part of parts.slice(1)) for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
    return sum;
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
    request: SolveRequest & { bandCount: number },
    onSolved: (solved: SolvedKpoint) => Promise<void> | void,
  ): Promise<void> {
    const chunk = Math.ceil(points.length / this.pool.size);
    await Promise.all(
      workersOf(this.pool).map(async (worker) => {
        let potential = request.potential;
        for (const point of points.slice(worker * chunk, (worker + 1) * chunk)) {
          const solved = await this.pool.call<SolvedKpoint>(worker, 'solvePoint', { ...request, ...point, potential });
          potential = undefined;
          await onSolved(solved);
        }
      }),
    );
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
