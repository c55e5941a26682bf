import { BOHR_ANGSTROM, HARTREE_PER_BOHR3_GPA } from '../../core/constants';
import { bondedDimensions } from '../../crystal/dimensionality';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import type { Evaluation } from './evaluation';
import { geometryOf } from './geometry';

export type TrajectoryStep = NonNullable<PlanewaveOutput['trajectory']>[number];

/** Tells a geometry as it comes, and keeps it where the search went on from it. */
export function report(
  session: Session,
  { system, ground, derivatives, largestForce, enthalpyHartree }: Evaluation,
  trajectory: TrajectoryStep[],
  { run, isAccepted }: { run: number; isAccepted: boolean },
): void {
  const { stress } = derivatives;
  const pressureGpa = stress && (-(stress[0][0] + stress[1][1] + stress[2][2]) / 3) * HARTREE_PER_BOHR3_GPA;
  const step = trajectory.length;
  const energyHartree = ground.scf!.energyHartree;
  session.context.onProgress?.({
    kind: 'geometry',
    step,
    energyHartree,
    largestForceHartreePerBohr: largestForce,
    pressureGpa,
    volumeAngstrom3: system.lattice.volume * BOHR_ANGSTROM ** 3,
    cellAngstrom: geometryOf(system).cellAngstrom,
    seconds: (performance.now() - session.began) / 1000,
  });
  // A step that went uphill is taken back: it is no part of the way.
  if (!isAccepted) return;
  const { cellAngstrom, positions } = geometryOf(system);
  trajectory.push({
    step,
    run,
    energyHartree,
    enthalpyHartree,
    largestForceHartreePerBohr: largestForce,
    pressureGpa,
    cellAngstrom,
    fractional: positions,
  });
}

/** Why a relaxation ended before its time. */
export function explainEnd(
  { input, notes }: Session,
  { ground, largestForce, largestStressGpa }: Evaluation,
  steps: number,
) {
  if (!ground.converged) {
    notes.push(
      `At step ${steps} the self-consistent cycle did not converge: the relaxation ends there. A larger smearing, more iterations or another starting geometry may help.`,
    );
    return;
  }
  notes.push(
    `The relaxation stopped after ${steps} steps with a largest force of ${largestForce.toExponential(1)} Ha/bohr (asked: ${input.relax.forceToleranceHartreePerBohr})` +
      (input.relax.cell === 'fixed'
        ? '.'
        : ` and a stress ${largestStressGpa.toPrecision(2)} GPa from the one asked for (${input.relax.pressureToleranceGpa}).`) +
      ' Start again from the last geometry, or allow more steps.',
  );
}

/** Local and gradient functionals do not hold layers together. */
export function warnLayers({ input, setup, notes }: Session): void {
  if (input.relax.cell === 'fixed' || input.dispersion !== 'none') return;
  const { structure } = setup;
  if (structure.periodic.includes(false) || bondedDimensions(structure) !== 2) return;
  notes.push(
    'This crystal is made of layers, and dispersion, which holds them together, is not included: the distance of the layers will be wrong. Ask for the D3 correction.',
  );
}
