import { HARTREE_PER_BOHR3_GPA } from '../../core/constants';
import type { Vector3 } from '../basis/lattice';
import type { ForcesAndStress } from '../scf/forces-and-stress';
import type { Session } from '../session';
import type { System } from '../system';
import { atomicDensity, converge, firstDensity, type Ground } from '../tasks/ground-state';
import { derivativesOf, withoutMean } from '../tasks/mechanics';
import type { Tensor } from '../terms/tensor';
import { allowedStrain, type Coordinates } from './coordinates';

/** A geometry with all that was computed there. */
export interface Evaluation {
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

/** Solves for the electrons where the session stands, and takes what may act on atoms and cell from their forces and stress. */
export async function evaluate(
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

/** Whether forces and stress are as small as was asked for. */
export function isConverged({ input: { relax } }: Session, { largestForce, largestStressGpa }: Evaluation): boolean {
  return largestForce < relax.forceToleranceHartreePerBohr && largestStressGpa < relax.pressureToleranceGpa;
}

/** Ha/bohr^3. */
export function pressureOf({ input }: Session): number {
  return input.relax.pressureGpa / HARTREE_PER_BOHR3_GPA;
}

/** Takes atoms and orbitals along, and the density by the difference of the superposed atoms. */
export async function moveTo(
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
