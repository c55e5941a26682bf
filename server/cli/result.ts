import type { CalculationDetail, CalculationResults } from '@/server/schemas/calculation';
import type { ProcessNode } from '@/server/schemas/process';

/** What `show --json` prints of a calculation. */
export function toShown(calculation: CalculationDetail, results: CalculationResults) {
  const { id, label, state, exitCode, failure, rerunOf, isReusable, waits, disk, inputs, tree } = calculation;
  const about = { id, label, state, exitCode, failure, rerunOf, isReusable, waits, disk };
  return { ...about, inputs, results, processes: flatten(tree) };
}

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
