import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimedAt, inspectRun, signalRun } from '@/server/computers/local/run';
import { ProgressTail } from '../progress-tail';
import { workerState } from '../worker-state';
import type { End } from './end-job';
import type { Job } from './load-job';
import { recordProgress } from './record-progress';
import { untilStopped } from './stop-watch';

const POLL_MS = 100;
/** From SIGTERM to SIGKILL. */
const STOP_GRACE_MS = 3_000;
const CHECKPOINT_GRACE_MS = 20_000;
/** A claimed run whose pid does not appear was killed in its first instant. */
const STARTING_MAX_MS = 10_000;

interface Watch {
  job: Job;
  folder: string;
  attempt: number;
  /** Progress lines that are events already. */
  seen: number;
  timeLimitSeconds: number;
}

/** Follows a run to its end, passing its progress on. Ends it when a person, the time limit or the shutdown of the platform says so. */
export async function watchRun({ job, folder, attempt, seen, timeLimitSeconds }: Watch): Promise<End> {
  const tail = new ProgressTail(join(folder, 'progress.jsonl'), seen);
  const startedAt = Date.now();
  const limitAt = (claimedAt(folder, attempt) ?? startedAt) + timeLimitSeconds * 1000;
  let reason: 'stopped' | 'time-limit' | 'shutdown' | null = null;
  let killAt = Number.POSITIVE_INFINITY;
  const end = (why: NonNullable<typeof reason>, graceMs: number) => {
    if (reason) return;
    reason = why;
    killAt = Date.now() + graceMs;
    signalRun(folder, attempt, 'SIGTERM');
  };
  const stop = untilStopped(job.row);
  void stop.promise.then(() => end('stopped', STOP_GRACE_MS));
  try {
    for (;;) {
      const state = inspectRun(folder, attempt);
      await recordProgress(job, tail);
      if (workerState().shutdown.signal.aborted) end('shutdown', CHECKPOINT_GRACE_MS);
      if (Date.now() > limitAt) end('time-limit', STOP_GRACE_MS);
      if (Date.now() > killAt) signalRun(folder, attempt, 'SIGKILL');
      if (state.kind === 'ended' && (reason === null || reason === 'shutdown' || state.exitCode === 0))
        return { kind: 'exited', exitCode: state.exitCode };
      const isStuck =
        (state.kind === 'starting' || state.kind === 'absent') && Date.now() - startedAt > STARTING_MAX_MS;
      if (state.kind === 'ended' || state.kind === 'vanished' || isStuck)
        return reason === 'stopped' || reason === 'time-limit' ? { kind: reason } : { kind: 'vanished' };
      await sleep(POLL_MS);
    }
  } finally {
    stop.cancel();
  }
}
