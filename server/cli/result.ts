import type { CalculationDetail, CalculationResults } from '@/server/schemas/calculation';
import type { ProcessEvent } from '@/server/schemas/events';
import type { ProcessNode } from '@/server/schemas/process';
import { asking, type connect } from './client';

interface Shown {
  calculation: CalculationDetail;
  results: CalculationResults;
  history: ProcessEvent[];
}

/** What `show` and whatever waits for an end tell of a calculation. */
export async function readShown({ calculations }: ReturnType<typeof connect>, id: string): Promise<Shown> {
  const calculation = await asking(calculations.get.query({ id }));
  const results = await asking(calculations.results.query({ id }));
  return { calculation, results, history: await asking(calculations.history.query({ id })) };
}

/** The same in JSON. */
export function toJson({ calculation, results, history }: Shown) {
  const { id, label, state, exitCode, failure, rerunOf, isReusable, waits, disk, inputs, tree } = calculation;
  const about = { id, label, state, exitCode, failure, rerunOf, isReusable, waits, disk };
  return { ...about, inputs, results, processes: flatten(tree), notes: notesOf(history) };
}

/** What programs told in words, and what the platform did about it. */
export const notesOf = (history: ProcessEvent[]) =>
  history.flatMap(({ process: name, at, data }) => {
    const told = data.kind === 'progress' ? data.progress : data;
    return told.kind === 'note' ? [{ process: name, at, message: told.message }] : [];
  });

interface ShownProcess {
  id: string;
  name: string;
  state: string;
  exitCode: number | null;
  reusedFromId: string | null;
}

function flatten({ id, name, state, exitCode, reusedFromId, children }: ProcessNode): ShownProcess[] {
  return [{ id, name, state, exitCode, reusedFromId }, ...children.flatMap(flatten)];
}

/** The exit status that a command gives for a calculation that has ended. */
export function statusOf({ state, exitCode }: Pick<CalculationDetail, 'state' | 'exitCode'>): number {
  if (state === 'finished') return 0;
  return exitCode === 2 || exitCode === 3 ? exitCode : 1;
}
