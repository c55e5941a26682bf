import type { Cell, EndedRun } from './state';

/** How the last run of a cell that came to an end came to it, also while the cell waits to run again; null: it runs, or never has. */
export function lastRun({ run }: Cell): EndedRun | null {
  if (run.state === 'queued') return run.before ?? null;
  return run.state === 'idle' || run.state === 'running' ? null : run;
}
