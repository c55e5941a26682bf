import type { Task } from '../../engine';

/** What the runner does, in order: `job.json` in the folder of a job. */
export interface JobFile {
  steps: JobStep[];
  /** Files that are worthless once the last program has ended, as patterns of one folder: `pw.save/wfc*`. */
  remove: string[];
  /** Of the energy of the cell, Ry: what the progress tells beside the residual. */
  thresholdRydberg: number;
  volumeAngstrom3: number;
  task: Task['kind'];
  /** Of the stress only the plane counts. */
  isSlab: boolean;
  /** How the cell of a relaxation may change; null where it stays. */
  cellFreedom: CellFreedom | null;
  /** Whether known failures are met by starting again with something changed. */
  restarts: boolean;
}

export interface CellFreedom {
  cell: 'full' | 'volume';
  /** Cell vectors that keep length and direction. */
  fixedCellAxes: [boolean, boolean, boolean];
}

export interface JobStep {
  program: string;
  /** Name of the input without `.in`; the output is NAME.out. */
  name: string;
  /** What a person reads while it runs. */
  phase: string;
  launcher: string[];
  pools: string[];
}
