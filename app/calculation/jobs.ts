import type { ProcessNode } from '@/server/schemas/process';

/** All jobs of a tree in their order. */
export const jobsOf = (node: ProcessNode): ProcessNode[] =>
  node.kind === 'job' ? [node] : node.children.flatMap(jobsOf);

/** The job that runs, or else the one that waits for its turn; null between jobs and after the end. */
export function currentJob(tree: ProcessNode): ProcessNode | null {
  const jobs = jobsOf(tree);
  const states = ['running', 'paused', 'queued'];
  return states.map((wanted) => jobs.find(({ state }) => state === wanted)).find((job) => job !== undefined) ?? null;
}
