import type { Failure } from '@/server/schemas/process';
import type { JobSpec } from './job-spec';

/** An attempt at a job. What it leaves ends up in the folder, which is on this machine whatever the computer. */
export interface Run {
  /** Of the process. */
  id: string;
  attempt: number;
  folder: string;
}

export type RunState =
  | { kind: 'absent' }
  /** In the queue of the computer's scheduler, with what that says of it. */
  | { kind: 'pending'; reason: string }
  /** Claimed, but its pid is not written yet. */
  | { kind: 'starting' }
  | { kind: 'running' }
  | { kind: 'ended'; exitCode: number }
  /** It runs no more and left no exit code: killed from outside, or the machine went down. */
  | { kind: 'vanished' }
  /** The computer's scheduler ended it, and says why. */
  | { kind: 'lost'; failure: Failure; isWorthAnotherTry: boolean };

/**
 * A computer as the worker sees it: a transport with a scheduler. All of it may be called again after a crash and then
 * finds what was done. What cannot be reached throws a ComputerError.
 */
export interface ComputerDriver {
  /** Lays out the run and starts the attempt, unless it has been started before; `mayRun` where that is likely. */
  start(run: Run, spec: JobSpec, mayRun?: boolean): Promise<void>;
  /** Where the attempt stands. What it told up to then stands in `progress.jsonl` of its folder here. */
  look(run: Run): Promise<RunState>;
  /** Settles when the attempt ends, so that nobody waits for the next look; null or absent where that is not told. */
  untilEnd?(run: Run): Promise<void> | null;
  /** When it began, in milliseconds of the epoch; null where it has not, or where the scheduler keeps its time limit. */
  startedAt(run: Run): number | null;
  /** Signals all processes of the attempt; does nothing where it does not run. */
  signal(run: Run, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Brings the files that it left into its folder here. */
  collect(run: Run): Promise<void>;
  /** Removes the folders of runs elsewhere, once all that they left is kept; only what has the mark of a run. Absent where there are none. */
  clean?(ids: string[]): Promise<void>;
  /** What the folders of runs elsewhere hold, in bytes; those that are not there are left out. */
  measure?(ids: string[]): Promise<Map<string, number>>;
  /** Pause between two looks. */
  pollMs: number;
  /** Whether its runs are ended when the platform is, and go on later from their checkpoints. */
  endsWithPlatform: boolean;
}
