import type { BackendId } from '@/kernels/planewave/backends/backend';

/** A program in one build on this computer, with its row among the codes. */
export interface Program {
  codeId: string;
  /** Hash of the built kernel, or of the executable. */
  build: string;
  version: string;
  /** How many cores it can use; null: any number. */
  coresMax: number | null;
}

/** What the steps of this worker process share: set once at its start. */
export interface WorkerState {
  workerId: string;
  computerId: string;
  /** The built kernel. */
  kernel: Program;
  /** Null where it is not installed. */
  espresso: Program | null;
  /** The back end that the kernel uses on this computer; named in the input of each job, so that it is what the job's key says. */
  backend: BackendId;
  /** Raised at Ctrl-C: jobs write their checkpoints and go back to queued. */
  shutdown: AbortController;
}

let state: WorkerState | null = null;

export function setWorkerState(value: WorkerState): void {
  state = value;
}

export function workerState(): WorkerState {
  if (!state) throw new Error('the worker has not started');
  return state;
}

/**
 * What a step waits for when this process may no longer decide its outcome (it is shutting down, or lost its lease): a
 * promise that never settles. The workflow then stays pending, and a living worker recovers it.
 */
export const leaveToOthers = () => new Promise<never>(() => undefined);
