import { stepsOf } from '@/server/properties/ids';
import type { CalculationDetail } from '@/server/schemas/calculation';
import { type CalculationStep, isTerminal, type ProcessNode, type ProcessState } from '@/server/schemas/process';

export const hasEndedBadly = (state: ProcessState) => state === 'failed' || state === 'killed';

/** All jobs of a tree in their order. */
export const jobsOf = (node: ProcessNode): ProcessNode[] =>
  node.kind === 'job' ? [node] : node.children.flatMap(jobsOf);

/** The job that runs, or else the one that waits for its turn; null between jobs and after the end. */
export function currentJob(tree: ProcessNode): ProcessNode | null {
  const jobs = jobsOf(tree);
  const states = ['running', 'paused', 'queued'];
  return states.map((wanted) => jobs.find(({ state }) => state === wanted)).find((job) => job !== undefined) ?? null;
}

/** The steps from which an ended calculation can be run again: those that have all before them done. */
export function rerunSteps({ state, properties, tree }: CalculationDetail): CalculationStep[] {
  if (!isTerminal(state)) return [];
  const steps = stepsOf(properties);
  const undone = steps.findIndex((step) => tree.children.find(({ name }) => name === step)?.state !== 'finished');
  return undone === -1 ? steps : steps.slice(0, undone + 1);
}
