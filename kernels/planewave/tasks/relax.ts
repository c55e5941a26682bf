import { z } from 'zod';
import { advance, type QuasiNewtonState } from '../../core/quasi-newton';
import { createCoordinates, firstHessian, stepLength, toCoordinates, toGradient, toSystem } from '../relax/coordinates';
import { type Evaluation, evaluate, isConverged, moveTo, pressureOf } from '../relax/evaluation';
import { freedomOf, type Geometry, geometryOf, setupAt } from '../relax/geometry';
import { explainEnd, report, type TrajectoryStep, warnLayers } from '../relax/report';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import { describeGround } from './describe-ground';
import { saveGround } from './ground-state';
import { withoutMean } from './mechanics';

/** What a stopped relaxation needs to go on: the structure with which the current run began, and where the search stands. */
interface RelaxState {
  run: number;
  start: Geometry;
  search: QuasiNewtonState;
  trajectory: TrajectoryStep[];
  evaluations: number;
}

const stateSchema = z.custom<RelaxState>((value) => typeof value === 'object' && value !== null && 'search' in value);

const FIRST_RADIUS_BOHR = 0.3;
const LARGEST_RADIUS_BOHR = 0.8;
/** Energies of two geometries that differ by less, Ha an atom, count as equal: what the self-consistent cycle leaves. */
const NOISE_HARTREE = 1e-9;
const MOST_RUNS = 12;

/**
 * Relaxes atoms and cell. A run keeps its plane waves while the cell changes, so that energy and stress belong together; it is then
 * begun again with those of the new cell, until force and stress are small where a run begins.
 */
export async function relax(session: Session): Promise<PlanewaveOutput> {
  const { input, context } = session;
  warnLayers(session);
  const kept = stateSchema.safeParse(session.checkpoint.relaxation);
  let state = kept.success ? kept.data : null;
  if (state) await session.begin(setupAt(session, state.start));
  const spaceGroupBefore = session.setup.spaceGroupNumber;
  const trajectory = state?.trajectory ?? [];
  let evaluations = state?.evaluations ?? 0;
  let hessian: number[] | null = null;
  for (let run = state?.run ?? 0; ; run++) {
    const { setup } = session;
    const coordinates = createCoordinates(setup.system, freedomOf(session));
    let search: QuasiNewtonState = state?.search ?? {
      best: null,
      trial: toCoordinates(coordinates),
      hessian: hessian ?? firstHessian(coordinates),
      radius: FIRST_RADIUS_BOHR,
    };
    const resumed = state !== null;
    state = null;
    const structure = setup.structure;
    let evaluation: Evaluation | null = null;
    let density: Float64Array[] | null = null;
    for (let first = true; ; first = false) {
      context.signal?.throwIfAborted();
      const system = toSystem(coordinates, search.trial);
      density = await moveTo(session, system, { density, isFirst: first, from: evaluation?.system ?? null });
      const next: Evaluation = await evaluate(session, coordinates, density, !first);
      evaluations++;
      density = next.ground.density;
      const isStart = first && !resumed && search.best === null;
      const isSmall = isConverged(session, next);
      // A cell that did not move within a run has no other plane waves to try.
      const isDone = isSmall && (isStart || input.relax.cell === 'fixed');
      const told = advance(
        search,
        next.enthalpyHartree,
        toGradient(coordinates, search.trial, next.forces, next.derivatives.stress, pressureOf(session)),
        {
          largestRadius: LARGEST_RADIUS_BOHR,
          lengthOf: (step) => stepLength(coordinates, step),
          noise: NOISE_HARTREE * setup.system.positions.length,
        },
      );
      report(session, next, trajectory, { run, isAccepted: told.isAccepted });
      evaluation = next;
      const isEnough = evaluations >= input.relax.maxSteps || (isStart && run >= MOST_RUNS);
      if (isDone || !next.ground.converged || isEnough) {
        const isConvergedAtLast = isDone && next.ground.converged;
        if (!isConvergedAtLast) explainEnd(session, next, evaluations);
        return finish(session, next, trajectory, { isConverged: isConvergedAtLast, spaceGroupBefore });
      }
      search = told.state;
      // What was learned of the crystal holds with other plane waves too.
      hessian = search.hessian;
      if (isSmall) break;
      await session.checkpoint.keepRelaxation({
        run,
        start: { cellAngstrom: structure.cellAngstrom!, positions: structure.sites.map(({ position }) => position) },
        search,
        trajectory,
        evaluations,
      } satisfies RelaxState);
    }
    await session.begin(setupAt(session, geometryOf(evaluation.system)));
  }
}

/** The output of the last geometry, with the way there. */
async function finish(
  session: Session,
  { ground, derivatives }: Evaluation,
  trajectory: TrajectoryStep[],
  { isConverged, spaceGroupBefore }: { isConverged: boolean; spaceGroupBefore: number | null },
): Promise<PlanewaveOutput> {
  const output = describeGround(session, ground);
  const { forces, net } = withoutMean(derivatives.forces);
  output.converged = isConverged;
  output.forcesHartreePerBohr = forces;
  output.netForceHartreePerBohr = net;
  if (derivatives.stress) output.stressHartreePerBohr3 = derivatives.stress;
  output.trajectory = trajectory;
  output.resolved.finalSpaceGroupNumber = session.setup.spaceGroupNumber;
  output.resolved.spaceGroupNumber = spaceGroupBefore;
  await saveGround(session, ground);
  return output;
}
