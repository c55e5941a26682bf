import type { Structure as StructureRow } from '@/generated/prisma/client';
import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import type { TaskContext } from '@/server/engines/engine';
import { InputError } from '@/server/engines/espresso/input/read-pw-input';
import { engineByName } from '@/server/engines/registry';
import { densityJob } from '@/server/properties/density-job';
import { chosenProperties, stepsOf } from '@/server/properties/ids';
import { jobsOfProperty, subjectOf } from '@/server/properties/job-of';
import type { PropertyJob } from '@/server/properties/property';
import { propertyById } from '@/server/properties/registry';
import { RELAX_JOB } from '@/server/properties/relax/property';
import type { DraftData } from '@/server/schemas/draft';
import type { CalculationStep } from '@/server/schemas/process';
import type { Estimate, Notice, Resolved } from '@/server/schemas/resolved';
import { findRelaxed, resolveRelaxed } from '../relaxed-structure';
import { LATEST_ESPRESSO } from '../resolve/engine';
import { snapshotOf } from '../snapshot';

export const stepTitle = (step: CalculationStep) =>
  step === 'scf' ? 'Self-consistent density' : propertyById(step).title;

/** The jobs that do the work of a step. */
const jobsOfStep = (step: CalculationStep, resolved: Resolved) =>
  step === 'scf' ? [densityJob] : jobsOfProperty(step, resolved);

/**
 * What follows from a draft that runs another calculation again: only what is done anew is estimated, and it is blocked where a step
 * before was not done, or would be another with the choices as they are now.
 */
export async function checkRerun(
  scope: { projectId: string },
  draft: DraftData,
  { row, resolved }: { row: StructureRow | null; resolved: Resolved },
): Promise<Resolved> {
  if (!draft.rerun) return resolved;
  const steps = stepsOf(chosenProperties(draft.properties));
  const taken = steps.slice(0, Math.max(0, steps.indexOf(draft.rerun.from)));
  const blockers = [...resolved.blockers, ...(await blockersOf(scope, draft, { row, resolved, steps, taken }))];
  return { ...resolved, blockers, estimate: withoutSteps(resolved.estimate, taken) };
}

interface Rerun {
  row: StructureRow | null;
  resolved: Resolved;
  steps: CalculationStep[];
  taken: CalculationStep[];
}

async function blockersOf(scope: { projectId: string }, draft: DraftData, rerun: Rerun): Promise<Notice[]> {
  const { calculationId, from } = draft.rerun!;
  const { row, resolved, steps, taken } = rerun;
  const source = await db().calculation.findFirst({
    where: { ...scope, id: calculationId },
    include: { structure: true, processes: true },
  });
  if (!source) return [block('rerun-gone', 'The calculation that is to be run again is not there any more.')];
  if (!steps.includes(from))
    return [block('rerun-step', `It is to run again from ${quote(from)}, which is not among the chosen properties.`)];
  // A property's workflow bears its name, and has ended well where all of its jobs have.
  const missing = taken.find((step) => source.processes.find(({ name }) => name === step)?.state !== 'finished');
  if (missing) {
    const message = `${quote(missing)} did not finish in the calculation that is run again: run it again from there.`;
    return [block('rerun-missing', message)];
  }
  if (!row || resolved.blockers.length > 0 || taken.length === 0) return [];
  const before = snapshotOf(source);
  const isRelaxed = 'relax' in draft.properties;
  const relaxation = source.processes.find(({ name }) => name === RELAX_JOB);
  const relaxed = isRelaxed && relaxation ? await findRelaxed(relaxation.id) : null;
  const then = { ...before, structure: source.structure!.data as unknown as Structure };
  const now = { draft, resolved, structure: row.data as unknown as Structure };
  for (const step of taken) {
    const isOther =
      isRelaxed !== 'relax' in before.draft.properties ||
      (await inputOf(step, then, relaxed?.structure)) !== (await inputOf(step, now, relaxed?.structure));
    if (isOther) {
      const message = `With these choices ${quote(step)} would be another than the one that is taken over: run it again from there, or leave them as they were.`;
      return [block('rerun-changed', message)];
    }
  }
  return [];
}

interface Choices {
  draft: DraftData;
  resolved: Resolved;
  structure: Structure;
}

/** What the program of each job of a step is given, as hashes; the same for equal choices, whatever computes them. */
async function inputOf(step: CalculationStep, given: Choices, relaxed: Structure | undefined): Promise<string> {
  const isAfter = step !== 'relax' && relaxed;
  const { resolved } = isAfter ? await resolveRelaxed(given.resolved, given.draft, relaxed) : given;
  const subject = { resolved, structure: isAfter ? relaxed : given.structure };
  return JSON.stringify(jobsOfStep(step, resolved).map((job) => keyOf(job, subject)));
}

function keyOf(job: PropertyJob, subject: { resolved: Resolved; structure: Structure }): unknown {
  const context: TaskContext = {
    ...subjectOf(job, subject),
    ...{ jobName: job.name, density: null, cycle: null },
    ...{ cores: 1, memoryBytes: 0, expectedSeconds: 0, timeLimitSeconds: 60, restarts: true },
    ...{ build: '', version: LATEST_ESPRESSO, backend: 'wasm' },
  };
  try {
    return engineByName[subject.resolved.engine].prepare(job.task, context).key;
  } catch (err) {
    // Edited for an older version, the newest one does not take it: whether it is the same one counts.
    if (err instanceof InputError) return [err.message, subject.resolved.espressoEdits[job.name]];
    throw err;
  }
}

function withoutSteps(estimate: Estimate | null, steps: CalculationStep[]): Estimate | null {
  if (!estimate || steps.length === 0) return estimate;
  const kept = Object.entries(estimate.secondsByTask).filter(([task]) => !steps.some((step) => step === task));
  const total = Object.values(estimate.secondsByTask).reduce((a, b) => a + b, 0);
  const share = total > 0 ? kept.reduce((sum, [, seconds]) => sum + seconds, 0) / total : 1;
  return {
    ...estimate,
    seconds: share * estimate.seconds,
    secondsLow: share * estimate.secondsLow,
    secondsHigh: share * estimate.secondsHigh,
    secondsByTask: Object.fromEntries(kept),
  };
}

const quote = (step: CalculationStep) => `“${stepTitle(step)}”`;

const block = (code: string, message: string): Notice => ({ code, message, step: 'properties', property: null });
