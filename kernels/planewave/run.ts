import type { Kernel } from '../core/kernel';
import type { PlanewaveHost } from './host';
import { parseInput } from './parse-input';
import type { PlanewaveInput, PlanewaveOutput } from './schema';
import { Session } from './session';
import { prepareSetup } from './setup/prepare-setup';
import { addBands } from './tasks/bands';
import { addDensityOfStates } from './tasks/density-of-states';
import { describeGround } from './tasks/describe-ground';
import { groundState, saveGround } from './tasks/ground-state';
import { addForcesAndStress } from './tasks/mechanics';
import { addGroundProjections } from './tasks/projections';
import { relax } from './tasks/relax';
import { singleShot } from './tasks/single-shot';
import { addVolumes } from './tasks/volumes';
import { unknownFields } from './unknown-fields';

/** The plane-wave engine as a kernel, for a given host. */
export function createPlanewaveKernel(host: PlanewaveHost): Kernel<PlanewaveInput, PlanewaveOutput> {
  return async (rawInput, context) => {
    const input = parseInput(rawInput);
    await host.loadSymmetry();
    const unknown = unknownFields(rawInput, input);
    const setup = prepareSetup(input, { memoryBytes: host.memoryBytes, threads: input.threads ?? host.defaultThreads });
    if (unknown.length) setup.notes.push(`The engine has no field ${unknown.slice(0, 5).join(', ')}: left out.`);
    const session = await Session.open(host, input, setup, context);
    try {
      return await session.checkpoint.orAborted(compute(session));
    } finally {
      await session.close();
    }
  };
}

async function compute(session: Session): Promise<PlanewaveOutput> {
  const { input } = session;
  const output = input.task === 'relax' ? await relax(session) : await computeAtOnePlace(session);
  await session.checkpoint.clear();
  session.timings['total'] = (performance.now() - session.began) / 1000;
  return output;
}

async function computeAtOnePlace(session: Session): Promise<PlanewaveOutput> {
  const { input } = session;
  const ground = input.task === 'single-shot' ? await singleShot(session) : await groundState(session);
  const output = describeGround(session, ground);
  if (input.task === 'bands') await addBands(session, output, ground);
  if (input.task === 'dos') await addDensityOfStates(session, output, ground);
  if (input.projections && (input.task === 'scf' || input.task === 'single-shot')) {
    await addGroundProjections(session, output, ground);
  }
  await addVolumes(session, output, ground);
  if (input.forces || input.stress) await addForcesAndStress(session, output, ground);
  output.converged = ground.converged;
  await saveGround(session, ground);
  return output;
}
