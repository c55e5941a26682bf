import type { Vector3 } from '../basis/lattice';
import { type ForcesAndStress, forcesAndStress } from '../scf/forces-and-stress';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import type { Ground } from './ground-state';

/** Forces and stress of a ground state that was computed here. */
export async function derivativesOf(session: Session, ground: Ground, wantsStress: boolean): Promise<ForcesAndStress> {
  const { setup, grid, pool, pseudopotentials, atoms } = session;
  session.phase(wantsStress ? 'forces and stress' : 'forces');
  const began = performance.now();
  const result = await forcesAndStress({
    system: setup.system,
    functional: setup.functional,
    grid,
    pool,
    kpoints: setup.kpoints,
    operations: setup.operations,
    pseudopotentials,
    atoms,
    scf: ground.scf!,
    core: session.core,
    dispersion: session.dispersion,
    wantsStress,
  });
  session.timings['forces and stress'] =
    (session.timings['forces and stress'] ?? 0) + (performance.now() - began) / 1000;
  return result;
}

/** The output's forces without their mean, and the mean. */
export function withoutMean(forces: readonly Vector3[]): { forces: Vector3[]; net: Vector3 } {
  const net = [0, 1, 2].map((axis) => forces.reduce((sum, f) => sum + f[axis]!, 0) / forces.length) as Vector3;
  return { forces: forces.map((f) => f.map((x, axis) => x - net[axis]!) as Vector3), net };
}

export async function addForcesAndStress(session: Session, output: PlanewaveOutput, ground: Ground): Promise<void> {
  if (!ground.scf) {
    session.notes.push('Forces and stress need the self-consistent calculation itself, not a saved density.');
    return;
  }
  const { forces, stress } = await derivativesOf(session, ground, session.input.stress);
  const { forces: centred, net } = withoutMean(forces);
  if (session.input.forces) Object.assign(output, { forcesHartreePerBohr: centred, netForceHartreePerBohr: net });
  if (stress) output.stressHartreePerBohr3 = stress;
}
