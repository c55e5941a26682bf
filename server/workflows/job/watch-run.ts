import { join } from 'node:path';
import type { Run, RunState } from '@/server/computers/driver';
import type { Failure } from '@/server/schemas/process';
import { ProgressTail } from '../progress-tail';
import { leaveToOthers, workerState } from '../worker-state';
import type { End } from './end-job';
import type { Job } from './load-job';
import { Monitor } from './monitor';
import { recordProgress } from './record-progress';
import { until } from './wishes';

/** From SIGTERM to SIGKILL. */
const STOP_GRACE_MS = 3_000;
const CHECKPOINT_GRACE_MS = 20_000;
/** A claimed run whose pid does not appear was killed in its first instant. */
const STARTING_MAX_MS = 10_000;

/** Who or what asks for the end of a run. */
type Reason = 'stopped' | 'time-limit' | 'shutdown' | 'paused' | 'monitor';

interface Watch {
  job: Pick<Job, 'row' | 'driver' | 'resources'>;
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
  const monitor = new Monitor(job.resources.monitors, timeLimitSeconds);
  let reason: Reason | null = null;
  let killAt = Number.POSITIVE_INFINITY;
  const end = async (why: Reason, graceMs: number) => {
    // Whoever wants the end of a job that is on its way to a checkpoint gets it.
    if (reason && !(reason === 'paused' && why === 'stopped')) return;
    reason = why;
    killAt = Date.now() + graceMs;
    await driver.signal(run, 'SIGTERM');
  };
  const stop = until(job.row, ({ isStopped }) => (isStopped ? true : undefined));
  const pause = until(job.row, ({ isPaused }) => (isPaused ? true : undefined));
  let isStopAsked = false;
  let isPauseAsked = false;
  // The pause between two looks ends with the run and with a person's wish.
  let wake = () => {};
  void stop.promise.then(() => {
    isStopAsked = true;
    wake();
  });
  void pause.promise.then(() => {
    isPauseAsked = true;
    wake();
  });
  void driver.untilEnd?.(run)?.then(() => wake());
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, driver.pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  try {
    for (;;) {
      const state = await driver.look(run);
      const news = await recordProgress(job, tail);
      if (workerState().shutdown.signal.aborted) {
        if (!driver.endsWithPlatform) return leaveToOthers();
        await end('shutdown', CHECKPOINT_GRACE_MS);
      }
      if (isStopAsked) await end('stopped', STOP_GRACE_MS);
      if (isPauseAsked) await end('paused', CHECKPOINT_GRACE_MS);
      const limitAt = (driver.startedAt(run) ?? Number.POSITIVE_INFINITY) + timeLimitSeconds * 1000;
      if (Date.now() > limitAt) await end('time-limit', STOP_GRACE_MS);
      const verdict = monitor.look(news, (Date.now() - (driver.startedAt(run) ?? watchedFrom)) / 1000);
      if (verdict) await end('monitor', CHECKPOINT_GRACE_MS);
      if (Date.now() > killAt) await driver.signal(run, 'SIGKILL');
      const isStuck =
        (state.kind === 'starting' || state.kind === 'absent') && Date.now() - watchedFrom > STARTING_MAX_MS;
      const ended = endOf(isStuck ? { kind: 'vanished' } : state, reason, verdict);
      if (ended) return ended;
      await rest();
    }
  } finally {
    stop.cancel();
    pause.cancel();
  }
}

/** What the state of a run means, where somebody may have asked for its end; null while it goes on. */
function endOf(state: RunState, reason: Reason | null, verdict: Failure | null): End | null {
  if (state.kind === 'ended' && (reason === null || reason === 'shutdown' || state.exitCode === 0))
    return { kind: 'exited', exitCode: state.exitCode };
  if (state.kind !== 'ended' && state.kind !== 'vanished' && state.kind !== 'lost') return null;
  if (reason === 'monitor' && verdict) return { kind: 'monitored', failure: verdict };
  if (reason === 'stopped' || reason === 'time-limit' || reason === 'paused') return { kind: reason };
  return state.kind === 'lost' ? state : { kind: 'vanished' };
}
