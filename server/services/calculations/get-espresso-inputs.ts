import type { Structure } from '@/kernels/crystal/schema';
import { toEditable } from '@/server/engines/espresso/input/apply-edit';
import { makePwInput } from '@/server/engines/espresso/input/make-input';
import { writePwInput } from '@/server/engines/espresso/input/pw-input';
import { InputError } from '@/server/engines/espresso/input/read-pw-input';
import { finalInput } from '@/server/engines/espresso/prepare';
import { AppError } from '@/server/errors';
import { jobsOf, subjectOf } from '@/server/properties/job-of';
import type { EspressoInput } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { findMachine } from '../computers/machine';
import { projectScope } from '../scope';
import { LATEST_ESPRESSO } from './resolve/engine';
import { loadAndResolve } from './resolve-draft';

/** The input of pw.x of each job of a draft, as it is made and as a person changed it. */
export async function getEspressoInputs(actor: Actor, { draftId }: { draftId: string }): Promise<EspressoInput[]> {
  const { draft, row, resolved } = await loadAndResolve(actor, draftId);
  const blocked = resolved.blockers.filter(({ code }) => code !== 'bad-edit' && code !== 'espresso-missing');
  if (!row || blocked.length > 0)
    throw new AppError('blocked', 'the draft has blockers', {
      userMessage: blocked.map(({ message }) => message).join(' '),
    });
  const machine = await findMachine(await projectScope(actor, 'read'), draft.data.resources.computerId);
  const structure = row.data as unknown as Structure;
  const version = machine?.espresso ?? LATEST_ESPRESSO;
  return jobsOf(resolved).map((job) => {
    const { name: jobName, title, task } = job;
    const context = { ...subjectOf(job, { structure, resolved }), version, jobName };
    const made = writePwInput(toEditable(makePwInput(task, context)));
    return {
      jobName,
      title,
      version,
      made,
      edited: resolved.espressoEdits[jobName] ?? null,
      problem: problemOf(() => finalInput(task, context)),
    };
  });
}

function problemOf(make: () => unknown): string | null {
  try {
    make();
    return null;
  } catch (err) {
    if (err instanceof InputError) return err.message;
    throw err;
  }
}
