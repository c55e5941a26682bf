import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ComputerError } from '@/server/computers/computer-error';
import type { Run } from '@/server/computers/driver';
import { EXIT_CHECKPOINTED, type JobSpec } from '@/server/computers/job-spec';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { AppError, isDatabaseAway, isDiskFull } from '@/server/errors';
import { logger } from '@/server/log';
import { type Failure, isTerminal, type ProcessState } from '@/server/schemas/process';
import { recordEvents } from '@/server/services/processes/events';
import { acquire, transition } from '@/server/services/processes/transition';
import { driverOf } from '../drivers';
import { leaveToOthers, workerState } from '../worker-state';
import { type End, endJob, judge } from './end-job';
import { linkInputs } from './link-inputs';
import { type Job, loadJob } from './load-job';
import { pauseJob, untilGoOn } from './pause-job';
import { enterPreparation } from './preparation';
import { takeRestart } from './restart';
import { reuse } from './reuse';
import { takeTurn } from './take-turn';
import { watchRun } from './watch-run';

/** How often a job that vanished (machine down, killed from outside) or checkpointed is taken up again. */
const UNFINISHED_MAX = 20;
const VANISHED_MAX = 3;
/** For a computer that may not answer. */
const STOP_PAUSED_MS = 15_000;

export interface JobOutcome {
  state: ProcessState;
  exitCode: number | null;
}

/**
 * Runs a job to its end and stores what it left. A step of a workflow: it may be called again after a crash, by another worker
 * too, and then finds the run where it is. The state of the row, the claim in the run's folder and the lease together see to it
 * that nothing runs twice.
 */
export async function runJob(processId: string): Promise<JobOutcome> {
  const prepared = await enterPreparation(processId);
  try {
    await acquire(workerState().workerId, processId);
    return await goOnUntilEnd(processId, prepared).catch((err) => giveUp(processId, err));
  } catch (err) {
    if (!(err instanceof AppError && err.code === 'lease-lost')) throw err;
    logger.warn({ processId }, 'another worker holds this job now');
    return leaveToOthers();
  } finally {
    prepared();
  }
}

/**
 * Pauses where the computer cannot be reached or refuses, and takes the job up again when a person says so. Tells by `prepared` that from
 * now on it mostly waits.
 */
async function goOnUntilEnd(processId: string, prepared: () => void): Promise<JobOutcome> {
  for (;;) {
    try {
      const { state, failure, exitCode } = await db().process.findUniqueOrThrow({ where: { id: processId } });
      if (isTerminal(state)) return { state, exitCode };
      // One that a person paused has no failure, and waits for its turn.
      if (state === 'paused' && failure) {
        prepared();
        if (!(await untilGoOn(processId))) return await endPaused(processId);
      }
      return await proceed(await loadJob(processId), prepared);
    } catch (err) {
      if (!(err instanceof ComputerError)) throw err;
      prepared();
      await pauseJob(processId, err);
    }
  }
}

/** Ends what a person stopped while it was paused; what runs on a computer that cannot be reached is ended if it answers. */
async function endPaused(processId: string): Promise<JobOutcome> {
  const failure = { code: 'stopped', message: 'It was stopped while it was paused.', advice: null };
  await endRemote(processId).catch((err) => logger.warn({ processId, err }, 'its run on the computer was not ended'));
  await transition(workerState().workerId, { processId, to: 'killed', exitCode: 130, failure });
  return { state: 'killed', exitCode: 130 };
}

async function endRemote(processId: string): Promise<void> {
  const { attempt, computerId } = await db().process.findUniqueOrThrow({ where: { id: processId } });
  if (attempt === 0 || !computerId) return;
  const run = { id: processId, attempt, folder: join(env().runFolder, processId) };
  const ending = driverOf(computerId).then((driver) => driver.signal(run, 'SIGTERM'));
  await Promise.race([ending, sleep(STOP_PAUSED_MS)]);
}

async function giveUp(processId: string, err: unknown): Promise<JobOutcome> {
  if ((err instanceof AppError && err.code === 'lease-lost') || isDatabaseAway(err)) throw err;
  logger.error({ processId, err }, 'job failed in the platform');
  const failure = describeFault(err);
  await transition(workerState().workerId, { processId, to: 'failed', exitCode: 1, failure });
  return { state: 'failed', exitCode: 1 };
}

function describeFault(err: unknown): Failure {
  // What the person can mend: a program that is no longer there, a wish that the program cannot fulfil.
  if (err instanceof AppError && (err.code === 'blocked' || err.code === 'bad-input'))
    return {
      code: err.code,
      message: err.userMessage,
      advice: 'Copy the calculation, change what the sentence names, and submit again.',
    };
  if (isDiskFull(err))
    return {
      code: 'disk-full',
      message: 'The disk of the platform became full while this job was handled.',
      advice: 'Free some space on it, then submit a copy.',
    };
  return {
    code: 'platform-fault',
    message: 'The platform met a fault of its own while it handled this job.',
    advice: 'The log on the server says more. Copying and submitting it again starts it anew.',
  };
}

async function proceed(job: Job, prepared: () => void): Promise<JobOutcome> {
  const { row } = job;
  const spec = specOf(job);
  const key = keyOf(spec.key, job.notes);
  await db().process.update({
    where: { id: row.id },
    // A small cell runs on one core, whatever there is: the others are for other jobs.
    // What a restart handler changed does not make it another job.
    data: {
      ...(row.attempt === 0 ? { jobKey: key } : {}),
      cores: spec.cores,
      codeId: job.codeId,
      computerId: job.computerId,
    },
  });
  await linkInputs(job);
  if (row.attempt === 0 && (await reuse(job, key))) return { state: 'finished', exitCode: 0 };
  prepared();
  return runAttempts(job, spec);
}

const specOf = ({ engine, task, context, code }: Job): JobSpec => ({
  ...engine.prepare(task, context),
  ...(code ? { code } : {}),
});

/** Attempt after attempt, until the job has ended in a way that another one would not better. */
async function runAttempts(job: Job, first: JobSpec): Promise<JobOutcome> {
  const { row, driver } = job;
  const { timeLimitSeconds } = first;
  let spec = first;
  let attempt = row.state === 'running' ? row.attempt : null;
  let seen = row.state === 'running' ? row.progressLines : 0;
  for (let vanished = 0, unfinished = 0; ; seen = 0) {
    const isTakenUp = attempt !== null;
    attempt ??= await takeTurn(row, job.computerId);
    const run: Run = { id: row.id, attempt: attempt ?? 0, folder: join(env().runFolder, row.id) };
    if (attempt === null) return endJob(job, run, { kind: 'stopped' });
    await driver.start(run, spec, isTakenUp);
    const end: End = await watchRun({ job, run, seen, timeLimitSeconds });
    const isLost = end.kind === 'vanished' || (end.kind === 'lost' && end.isWorthAnotherTry);
    if (isLost) vanished += 1;
    const isUnfinished = isLost || (end.kind === 'exited' && end.exitCode === EXIT_CHECKPOINTED);
    if (isUnfinished) unfinished += 1;
    if (end.kind !== 'paused' && (!isUnfinished || vanished >= VANISHED_MAX || unfinished >= UNFINISHED_MAX)) {
      await driver.collect(run);
      const { failure } = await judge(job, run.folder, end);
      if (!failure || !(await takeRestart(job, failure))) return endJob(job, run, end);
      spec = specOf(job);
    }
    if (end.kind === 'lost') {
      await meet(job, end.failure.code);
      await note(job, `${end.failure.message} It is tried again.`);
    }
    if (isUnfinished) await transition(workerState().workerId, { processId: row.id, to: 'queued', phase: null });
    if (workerState().shutdown.signal.aborted) return leaveToOthers();
    attempt = null;
  }
}

/** Remembers a failure on the way: for some of them the result is not taken over by others. */
async function meet({ row }: Job, code: string): Promise<void> {
  await db().process.update({ where: { id: row.id }, data: { failuresMet: { push: code } } });
}

async function note({ row }: Job, message: string): Promise<void> {
  const { id: processId, projectId, calculationId } = row;
  await recordEvents({ projectId, calculationId, processId }, [{ kind: 'note', message }]);
}

/** A result that tells of its calculation's relaxation is not one for another calculation. */
const keyOf = (key: string, notes: string[]) =>
  notes.length === 0
    ? key
    : createHash('sha256')
        .update(JSON.stringify([key, notes]))
        .digest('hex');
