import { z } from 'zod';
import { BOHR_ANGSTROM, HARTREE_PER_BOHR3_GPA } from '../../core/constants';
import { advance, type QuasiNewtonState } from '../../core/quasi-newton';
import { bondedDimensions } from '../../crystal/dimensionality';
import type { Structure } from '../../crystal/schema';
import { structureInput } from '../../crystal/structure';
import type { Matrix3, Vector3 } from '../basis/lattice';
import {
  allowedStrain,
  type Coordinates,
  createCoordinates,
  type Freedom,
  firstHessian,
  stepLength,
  toCoordinates,
  toGradient,
  toSystem,
} from '../relax/coordinates';
import type { ForcesAndStress } from '../scf/forces-and-stress';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import { prepareSetup } from '../setup/prepare-setup';
import type { System } from '../system';
import type { Tensor } from '../terms/tensor';
import { describeGround } from './describe-ground';
import { atomicDensity, converge, firstDensity, type Ground, saveGround } from './ground-state';
import { derivativesOf, withoutMean } from './mechanics';

type TrajectoryStep = NonNullable<PlanewaveOutput['trajectory']>[number];

/** What a stopped relaxation needs to go on: the structure with which the current run began, and where the search stands. */
interface RelaxState {
  run: number;
  start: { cellAngstrom: Matrix3; positions: Vector3[] };
  search: QuasiNewtonState;
  trajectory: TrajectoryStep[];
  evaluations: number;
}

const stateSchema = z.custom<RelaxState>((value) => typeof value === 'object' && value !== null && 'search' in value);

/** A geometry with all that was computed there. */
interface Evaluation {
  system: System;
  ground: Ground;
  derivatives: ForcesAndStress;
  /** What moves the atoms, Ha/bohr. */
  forces: Vector3[];
  /** The largest component of a force that may act, Ha/bohr. */
  largestForce: number;
  /** The largest component of stress + pressure that may act, GPa. */
  largestStressGpa: number;
  enthalpyHartree: number;
}

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

function pressureOf({ input }: Session): number {
  return input.relax.pressureGpa / HARTREE_PER_BOHR3_GPA;
}

/** A direction without periodicity keeps its cell vector: there is only vacuum to squeeze. */
function freedomOf({ input, setup }: Session): Freedom {
  const { fixed, cell, fixedCellAxes } = input.relax;
  const { periodic, sites } = setup.structure;
  return {
    cell,
    fixedCellAxes: fixedCellAxes.map(
      (isFixed, i) => isFixed || !periodic[i] || (input.boundaries === 'slab' && i === 2),
    ) as [boolean, boolean, boolean],
    fixed: sites.map((_, site) => {
      const found = fixed.filter((one) => one.site === site);
      return [0, 1, 2].map((axis) => found.some(({ axes }) => !axes || axes[axis])) as [boolean, boolean, boolean];
    }),
  };
}

/** The input at another geometry, with fresh plane waves, symmetry and k-points. */
function setupAt(session: Session, { cellAngstrom, positions }: RelaxState['start']) {
  const { structure } = session.setup;
  const sites = structure.sites.map((site, i) => ({ ...site, position: positions[i]! }));
  const moved: Structure = { ...structure, cellAngstrom, sites };
  const { host, input } = session;
  return prepareSetup(
    { ...input, structure: structureInput(moved) },
    { memoryBytes: host.memoryBytes, threads: input.threads ?? host.defaultThreads },
  );
}

function geometryOf({ lattice, positions }: System): RelaxState['start'] {
  const cellAngstrom = lattice.vectors.map((row) => row.map((x) => x * BOHR_ANGSTROM)) as Matrix3;
  return { cellAngstrom, positions };
}

/** Takes atoms and orbitals along, and the density by the difference of the superposed atoms. */
async function moveTo(
  session: Session,
  system: System,
  { density, isFirst, from }: { density: Float64Array[] | null; isFirst: boolean; from: System | null },
): Promise<Float64Array[]> {
  if (!density || !from) {
    if (!isFirst || system !== session.setup.system) await session.move(system);
    return session.checkpoint.takeDensity(session.grid.waves.count) ?? (await firstDensity(session));
  }
  const plain = (one: System) => ({ ...one, initialMoments: one.initialMoments.map(() => 0) });
  const before = atomicDensity(session, plain(from));
  await session.move(system);
  const after = atomicDensity(session, plain(system));
  const shrink = from.lattice.volume / system.lattice.volume;
  return density.map((channel, s) => channel.map((n, i) => shrink * (n - before[s]![i]!) + after[s]![i]!));
}

async function evaluate(
  session: Session,
  coordinates: Coordinates,
  density: Float64Array[],
  keepsOrbitals: boolean,
): Promise<Evaluation> {
  const { system } = session.setup;
  const hasCell = session.input.relax.cell !== 'fixed';
  const ground = await converge(session, { kpoints: session.setup.kpoints, density, keepsOrbitals });
  const raw = await derivativesOf(session, ground, hasCell || session.input.stress);
  const { fixed } = coordinates.freedom;
  const isFree = !fixed.some((axes) => axes.includes(true));
  const pressure = pressureOf(session);
  const excess = raw.stress?.map((row, a) => row.map((s, b) => s + (a === b ? pressure : 0))) as Tensor | undefined;
  const acting = hasCell ? allowedStrain(coordinates.freedom, coordinates.start.lattice.vectors, excess!) : null;
  // The net force is the grid's doing: nothing shall drift with it.
  const forces = isFree ? withoutMean(raw.forces).forces : raw.forces;
  return {
    system,
    ground,
    derivatives: raw,
    forces,
    largestForce: Math.max(
      ...forces.flatMap((force, atom) => force.map((f, axis) => (fixed[atom]![axis] ? 0 : Math.abs(f)))),
    ),
    largestStressGpa: acting ? HARTREE_PER_BOHR3_GPA * Math.max(...acting.flat().map(Math.abs)) : 0,
    enthalpyHartree: ground.scf!.energyHartree + pressure * system.lattice.volume,
  };
}

function isConverged({ input: { relax } }: Session, { largestForce, largestStressGpa }: Evaluation): boolean {
  return largestForce < relax.forceToleranceHartreePerBohr && largestStressGpa < relax.pressureToleranceGpa;
}

function report(
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

function explainEnd({ input, notes }: Session, { ground, largestForce, largestStressGpa }: Evaluation, steps: number) {
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

/** Local and gradient functionals do not hold layers together. */
function warnLayers({ input, setup, notes }: Session): void {
  if (input.relax.cell === 'fixed' || input.dispersion !== 'none') return;
  const { structure } = setup;
  if (structure.periodic.includes(false) || bondedDimensions(structure) !== 2) return;
  notes.push(
    'This crystal is made of layers, and dispersion, which holds them together, is not included: the distance of the layers will be wrong. Ask for the D3 correction.',
  );
}
