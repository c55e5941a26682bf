import type { Vector3 } from '../basis/lattice';
import type { ProjectionRequest } from '../parallel/orbital-service';
import { FINAL_RESIDUAL_HARTREE, GUARD_RESIDUAL_HARTREE, guardBands, spinTasks } from '../scf/run-scf';
import type { Session } from '../session';
import type { Ground } from './ground-state';

export interface SolvedPoints {
  /** [spin][point][band], Ha. */
  eigenvalues: number[][][];
  /** [spin][point], bands x orbitals; empty where no projections were asked for. */
  projections: Float64Array[][];
}

interface SolveOptions {
  /** What is being done, for the progress. */
  phase: string;
  bandCount?: number;
  projection?: ProjectionRequest | undefined;
  /** Whether the checkpoint keeps the points, as those of the task itself. */
  isKept?: boolean;
}

/** The lowest bands at each point at fixed density; eigenvalues are kept in the checkpoint as they come. */
export async function solveAt(
  session: Session,
  points: Vector3[],
  ground: Ground,
  { phase, bandCount = session.setup.bandCount, projection, isKept = true }: SolveOptions,
): Promise<SolvedPoints> {
  const { checkpoint, context, pool, setup } = session;
  const began = performance.now();
  session.phase(phase);
  const tasks = spinTasks(
    points.map((fractional) => ({ fractional, weight: 0 })),
    setup.system.spinChannels,
  );
  // The checkpoint has eigenvalues only: where projections are wanted too, a stopped run solves its points again.
  const kept = (i: number) => (projection || !isKept ? [] : (checkpoint.points.get(i) ?? []));
  const values: number[][] = tasks.map((_, i) => (kept(i).length === bandCount ? kept(i) : []));
  const projections: Float64Array[] = [];
  let done = values.filter((bands) => bands.length > 0).length;
  const open = tasks.filter(({ index }) => values[index]!.length === 0);
  const request = { ...pointRequest(bandCount), potentials: ground.potentials, ...(projection ? { projection } : {}) };
  await pool.solvePoints(open, request, async (solved) => {
    context.signal?.throwIfAborted();
    if (!solved.converged) ground.converged = false;
    values[solved.index] = Array.from(solved.eigenvalues.subarray(0, bandCount));
    if (solved.projections) projections[solved.index] = solved.projections;
    done++;
    const seconds = (performance.now() - began) / 1000;
    context.onProgress?.({ kind: 'kpoint', done, total: tasks.length, seconds });
    if (isKept) await checkpoint.keepPoint(solved.index, values[solved.index]!);
  });
  session.timings[phase] = (performance.now() - began) / 1000;
  const bySpin = <Value>(list: Value[]) =>
    ground.potentials.map((_, spin) => list.slice(spin * points.length, (spin + 1) * points.length));
  return { eigenvalues: bySpin(values), projections: bySpin(projections) };
}

/** How a single point is solved, all its bands to one threshold. */
export function pointRequest(bandCount: number) {
  return {
    tolerance: FINAL_RESIDUAL_HARTREE,
    required: bandCount,
    guardTolerance: GUARD_RESIDUAL_HARTREE,
    maxIterations: 100,
    bandCount: bandCount + guardBands(bandCount),
  };
}
