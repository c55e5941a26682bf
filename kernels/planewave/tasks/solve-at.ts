import type { Vector3 } from '../basis/lattice';
import { FINAL_RESIDUAL_HARTREE, GUARD_RESIDUAL_HARTREE, guardBands, spinTasks } from '../scf/run-scf';
import type { Session } from '../session';
import type { Ground } from './ground-state';

/** Eigenvalues at fixed density of the lowest `bandCount` bands at each point, [spin][point][band]; kept in the checkpoint as they come. */
export async function solveAt(
  session: Session,
  points: Vector3[],
  ground: Ground,
  phase: string,
  bandCount = session.setup.bandCount,
): Promise<number[][][]> {
  const { checkpoint, context, pool, setup } = session;
  const began = performance.now();
  session.phase(phase);
  const tasks = spinTasks(
    points.map((fractional) => ({ fractional, weight: 0 })),
    setup.system.spinChannels,
  );
  const kept = (i: number) => checkpoint.points.get(i) ?? [];
  const values: number[][] = tasks.map((_, i) => (kept(i).length === bandCount ? kept(i) : []));
  let done = values.filter((bands) => bands.length > 0).length;
  const open = tasks.filter(({ index }) => values[index]!.length === 0);
  await pool.solvePoints(open, { ...pointRequest(bandCount), potentials: ground.potentials }, async (solved) => {
    context.signal?.throwIfAborted();
    if (!solved.converged) ground.converged = false;
    values[solved.index] = Array.from(solved.eigenvalues.subarray(0, bandCount));
    done++;
    const seconds = (performance.now() - began) / 1000;
    context.onProgress?.({ kind: 'kpoint', done, total: tasks.length, seconds });
    await checkpoint.keepPoint(solved.index, values[solved.index]!);
  });
  session.timings[phase] = (performance.now() - began) / 1000;
  return ground.potentials.map((_, spin) => values.slice(spin * points.length, (spin + 1) * points.length));
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
