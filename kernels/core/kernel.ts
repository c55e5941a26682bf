import type { NumericArray } from './arrays';

/** One line of progress: what `progress.jsonl` holds and what the page draws while a calculation runs. */
export type Progress =
  | { kind: 'phase'; phase: string; message?: string }
  | { kind: 'scf'; iteration: number; energyHartree: number; residual: number; threshold: number; seconds: number }
  | { kind: 'kpoint'; done: number; total: number; seconds: number }
  /** A geometry of a relaxation; its places stand in the output's trajectory. */
  | {
      kind: 'geometry';
      step: number;
      energyHartree: number;
      largestForceHartreePerBohr: number;
      /** Null where the stress was not needed. */
      pressureGpa: number | null;
      volumeAngstrom3: number;
      /** Rows are the cell vectors. */
      cellAngstrom?: number[][];
      seconds: number;
    }
  /** With the code of the failure that it is about, where it is about one. */
  | { kind: 'note'; message: string; failure?: string };

/** Where large arrays go and come from: files beside the JSON, or memory in a browser. Names end in `.npy`. */
export interface ArrayStore {
  write(name: string, array: NumericArray): Promise<void>;
  read(name: string): Promise<NumericArray>;
  writeJson(name: string, value: unknown): Promise<void>;
  readJson(name: string): Promise<unknown>;
  /** Text for other programs, piece by piece. */
  writeText(name: string, pieces: Iterable<string>): Promise<void>;
  has(name: string): Promise<boolean>;
}

/** A place for the state from which a run goes on after it was stopped; the newest save replaces the last. */
export interface CheckpointStore {
  load(): Promise<ArrayStore | null>;
  save(write: (store: ArrayStore) => Promise<void>): Promise<void>;
  /** Leaves nothing behind: the run has ended. */
  remove(): Promise<void>;
}

/** What a kernel is given besides its input. All optional: a kernel called with `{}` runs to its end in silence. */
export interface KernelContext {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  checkpoint?: CheckpointStore;
  /** Opens a folder of arrays by the name that stands in the input (`start.from`, `save.to`). */
  arrays?: (folder: string) => ArrayStore;
}

/** A kernel: a pure function from typed input to typed output, the same on a server, on a cluster node and in a browser tab. */
export type Kernel<Input, Output> = (input: Input, context: KernelContext) => Promise<Output>;
