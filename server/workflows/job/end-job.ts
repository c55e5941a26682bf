import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run, RunState } from '@/server/computers/driver';
import { db } from '@/server/db/client';
import { isDatabaseAway, isDiskFull } from '@/server/errors';
import { logger } from '@/server/log';
import type { Failure, ProcessState } from '@/server/schemas/process';
import { transition } from '@/server/services/processes/transition';
import { workerState } from '../worker-state';
import type { Job } from './load-job';
import { measureRun } from './measure-run';
import type { JobOutcome } from './run-job';
import { collectFiles, collectOutputs, writeNodes } from './store-outputs';

/** How a run came to its end. */
export type End =
  | { kind: 'exited'; exitCode: number }
  | { kind: 'stopped' }
  | { kind: 'time-limit' }
  /** A person has it wait; it left its checkpoint if it could. */
  | { kind: 'paused' }
  /** A monitor asked for its end. */
  | { kind: 'monitored'; failure: Failure }
  | { kind: 'vanished' }
  | Extract<RunState, { kind: 'lost' }>;

const EXIT_NOT_CONVERGED = 3;

/** Stores what the job left and moves its process to its last state, in one transaction. */
export async function endJob(job: Job, run: Run, end: End): Promise<JobOutcome> {
  const { folder } = run;
  if (run.attempt > 0) await job.driver.collect(run);
  let verdict = await judge(job, folder, end);
  let nodes: Awaited<ReturnType<typeof collectFiles>>;
  try {
    const hasOutput = verdict.exitCode === 0 || verdict.exitCode === EXIT_NOT_CONVERGED;
    nodes = hasOutput ? await collectOutputs(job, folder, verdict.exitCode === 0) : await collectFiles(job, folder);
  } catch (err) {
    // It is our place to keep it that failed, not the output.
    if (isDatabaseAway(err) || isDiskFull(err)) throw err;
    logger.error({ processId: job.row.id, err }, 'the output could not be read');
    verdict = { state: 'failed', exitCode: 1, failure: unreadable };
    nodes = await collectFiles(job, folder);
  }
  await db().$transaction(async (tx) => {
    const { state: to, exitCode, failure } = verdict;
    if (await transition(workerState().workerId, { processId: job.row.id, to, exitCode, failure }, tx))
      await writeNodes(tx, job, nodes);
  });
  // Nothing waits for it.
  void measureRun(run, job.driver);
  return { state: verdict.state, exitCode: verdict.exitCode };
}

interface Verdict {
  state: Extract<ProcessState, 'finished' | 'failed' | 'killed'>;
  exitCode: number;
  failure?: Failure;
}

/** The verdict on a run, before anything of it is stored. */
export async function judge({ engine, context, task }: Job, folder: string, end: End): Promise<Verdict> {
  if (end.kind === 'stopped')
    return { state: 'killed', exitCode: 130, failure: { code: 'stopped', message: 'It was stopped.', advice: null } };
  if (end.kind === 'time-limit') {
    const message = `It reached its time limit of ${context.timeLimitSeconds} s.`;
    const advice = 'Copy the calculation and allow more time or more cores.';
    return { state: 'failed', exitCode: 1, failure: { code: 'time-limit', message, advice } };
  }
  if (end.kind === 'lost' || end.kind === 'monitored') return { state: 'failed', exitCode: 1, failure: end.failure };
  if (end.kind === 'vanished' || end.kind === 'paused') return { state: 'failed', exitCode: 1, failure: vanished };
  if (end.exitCode === 0) return { state: 'finished', exitCode: 0 };
  const failure = engine.explain(end.exitCode, await tailOf(join(folder, 'stderr')), task.kind);
  return { state: 'failed', exitCode: [2, 3].includes(end.exitCode) ? end.exitCode : 1, failure };
}

const vanished: Failure = {
  code: 'vanished',
  message: 'The program disappeared without an exit code, several times: killed from outside, or out of memory.',
  advice: 'Choose a smaller cutoff or mesh, or fewer cores, and submit a copy.',
};

const unreadable: Failure = {
  code: 'unreadable-output',
  message: 'The program ended, but its output could not be read.',
  advice: 'The files of the job are kept. This is a fault of the platform: the log on the server says more.',
};

/** The last 16 kB of a file. */
async function tailOf(path: string): Promise<string> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size === 0) return '';
  const file = await open(path);
  try {
    const length = Math.min(size, 16_384);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
