import type { Failure } from '@/server/schemas/process';
import type { RunState } from '../driver';

/** A job as squeue or sacct shows it. */
export interface SlurmState {
  jobId: string;
  /** `RUNNING`, `NODE_FAIL`, ... */
  state: string;
  reason: string;
}

/** Lines of `id|name|state|reason`; of several jobs of one name the one that lives counts, then the newest. */
export function parseQueue(text: string): Map<string, SlurmState> {
  const jobs = new Map<string, SlurmState>();
  for (const line of text.split('\n')) {
    const [jobId, name, state, reason = ''] = line.trim().split('|');
    if (!jobId || !name?.startsWith('brine-') || !state) continue;
    const known = jobs.get(name);
    const job = { jobId, state: state.split(' ')[0]!.replace(/\+$/, ''), reason };
    if (!known || !isAlive(known.state)) jobs.set(name, job);
  }
  return jobs;
}

const pending = new Set(['PENDING', 'CONFIGURING', 'REQUEUED', 'REQUEUE_FED', 'REQUEUE_HOLD', 'SPECIAL_EXIT']);
const running = new Set(['RUNNING', 'COMPLETING', 'SUSPENDED', 'STOPPED', 'RESIZING', 'SIGNALING', 'STAGE_OUT']);

const isAlive = (state: string) => pending.has(state) || running.has(state);

/** Whether a job came to an end of its own, by its exit code: it wrote its results or says why not, whatever Slurm tells. */
export const isOrderly = (exitCode: number | null) => exitCode !== null && [0, 2, 3].includes(exitCode);

/** Null where the scheduler says nothing that matters: the job's own exit code decides. */
export function stateOf({ state, reason }: SlurmState, exitCode: number | null): RunState | null {
  if (pending.has(state)) return { kind: 'pending', reason };
  // Why a job ends that did not end by itself shows when Slurm is done with it.
  if (running.has(state)) return state === 'COMPLETING' && isOrderly(exitCode) ? null : { kind: 'running' };
  if (isOrderly(exitCode)) return null;
  const end = ends[state];
  return end ? { kind: 'lost', ...end } : null;
}

/** The same from what slurmstepd wrote into the output of a job, where its state says no more than that it failed. */
export function stateOfWords(words: string): RunState | null {
  const said = words
    .split('\n')
    .filter((line) => /^slurmstepd(-\S+)?: error:/.test(line))
    .join('\n');
  const [, state] = statesByWords.find(([pattern]) => pattern.test(said)) ?? [];
  return state ? { kind: 'lost', ...ends[state]! } : null;
}

/** What a cancelled job is cancelled for stands behind that word. */
const statesByWords: [RegExp, string][] = [
  [/memory limit|oom.?kill|out of memory/i, 'OUT_OF_MEMORY'],
  [/DUE TO TIME LIMIT/, 'TIMEOUT'],
  [/DUE TO NODE FAILURE/, 'NODE_FAIL'],
  [/DUE TO PREEMPTION/, 'PREEMPTED'],
  [/CANCELLED AT/, 'CANCELLED'],
];

const nodeFailure: Failure = {
  code: 'node-failure',
  message: 'A node of the cluster failed while the job ran on it.',
  advice: 'It was tried again several times. Submit a copy when the cluster is well.',
};
const timeLimit: Failure = {
  code: 'time-limit',
  message: 'Slurm ended the job at its time limit.',
  advice: 'Copy the calculation and allow more time or more cores.',
};

const ends: Record<string, { failure: Failure; isWorthAnotherTry: boolean }> = {
  NODE_FAIL: { failure: nodeFailure, isWorthAnotherTry: true },
  BOOT_FAIL: { failure: nodeFailure, isWorthAnotherTry: true },
  PREEMPTED: {
    failure: {
      code: 'preempted',
      message: 'The cluster gave the place of the job to a more important one, several times.',
      advice: 'Choose another partition or QOS for this computer, or submit a copy later.',
    },
    isWorthAnotherTry: true,
  },
  TIMEOUT: { failure: timeLimit, isWorthAnotherTry: false },
  DEADLINE: { failure: timeLimit, isWorthAnotherTry: false },
  OUT_OF_MEMORY: {
    failure: {
      code: 'out-of-memory',
      message: 'The job needed more memory than it had asked for, and Slurm ended it.',
      advice: 'Choose a smaller cutoff or mesh, or fewer cores, and submit a copy.',
    },
    isWorthAnotherTry: false,
  },
  CANCELLED: {
    failure: {
      code: 'cancelled-outside',
      message: 'The job was cancelled on the cluster, by its administrator or by scancel.',
      advice: 'Ask the administrators why, then submit a copy.',
    },
    isWorthAnotherTry: false,
  },
  REVOKED: {
    failure: { code: 'cancelled-outside', message: 'The cluster withdrew the job.', advice: 'Submit a copy.' },
    isWorthAnotherTry: false,
  },
};
