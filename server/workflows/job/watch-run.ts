import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run, RunState } from '@/server/computers/driver';
import { ProgressTail } from '../progress-tail';
import { leaveToOthers, workerState } from '../worker-state';
import type { End } from './end-job';
import type { Job } from './load-job';
import { recordProgress } from './record-progress';
import { untilStopped } from './stop-watch';

/** From SIGTERM to SIGKILL. */
const STOP_GRACE_MS = 3_000;
const CHECKPOINT_GRACE_MS = 20_000;
/** A claimed run whose pid does not appear was killed in its first instant. */
const STARTING_MAX_MS = 10_000;

interface Watch {
  job: Job;
  run: Run;
  /** Progress lines that are events already. */
  seen: number;
  timeLimitSeconds: number;
}

/** Follows a run to its end, passing its progress on. Ends it when a person, the time limit or the shutdown of the platform says so. */
export async function watchRun({ job, run, seen, timeLimitSeconds }: Watch): Promise<End> {
  const { driver } = job;
  const tail = new ProgressTail(join(run.folder, 'progress.jsonl'), seen);
  const watchedFrom = Date.now();
  let reason: 'stopped' | 'time-limit' | 'shutdown' | null = null;
  let killAt = Number.POSITIVE_INFINITY;
  const end = async (why: NonNullable<typeof reason>, graceMs: number) => {
    if (reason) return;
    reason = why;
    killAt = Date.now() + graceMs;
    await driver.signal(run, 'SIGTERM');
  };
  const stop = untilStopped(job.row);
  let isStopAsked = false;
  void stop.promise.then(() => {
    isStopAsked = true;
  });
  try {
    for (;;) {
      const state = await driver.look(run);
      await recordProgress(job, tail);
      if (workerState().shutdown.signal.aborted) {
        if (!driver.endsWithPlatform) return leaveToOthers();
        await end('shutdown', CHECKPOINT_GRACE_MS);
      }
      if (isStopAsked) await end('stopped', STOP_GRACE_MS);
      const limitAt = (driver.startedAt(run) ?? Number.POSITIVE_INFINITY) + timeLimitSeconds * 1000;
      if (Date.now() > limitAt) await end('time-limit', STOP_GRACE_MS);
      if (Date.now() > killAt) await driver.signal(run, 'SIGKILL');
      const isStuck =
        (state.kind === 'starting' || state.kind === 'absent') && Date.now() - watchedFrom > STARTING_MAX_MS;
      const ended = endOf(isStuck ? { kind: 'vanished' } : state, reason);
      if (ended) return ended;
      // A wish to stop does not wait for the next look.
      await (isStopAsked ? sleep(driver.pollMs) : Promise.race([sleep(driver.pollMs), stop.promise]));
    }
  } finally {
    stop.cancel();
  }
}

/** What the state of a run means, where somebody may have asked for its end; null while it goes on. */
function endOf(state: RunState, reason: 'stopped' | 'time-limit' | 'shutdown' | null): End | null {
  if (state.kind === 'ended' && (reason === null || reason === 'shutdown' || state.exitCode === 0))
    return { kind: 'exited', exitCode: state.exitCode };
  if (state.kind !== 'ended' && state.kind !== 'vanished' && state.kind !== 'lost') return null;
  if (reason === 'stopped' || reason === 'time-limit') return { kind: reason };
  return state.kind === 'lost' ? state : { kind: 'vanished' };
}
