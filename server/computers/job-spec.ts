/** A program of somebody else's on a computer. */
export interface RemoteCode {
  path: string;
  modules: string[];
  /** Lines of shell put before its jobs. */
  prependText: string;
}

/** One run of a program, as an engine prepares it and a computer runs it. */
export interface JobSpec {
  program: string;
  /** Where the program is on a computer that has its own; absent where it travels there, or is here. */
  code?: RemoteCode;
  /** Run in the job's own folder. */
  command: string[];
  environment: Record<string, string>;
  /** Small text files, by their path in that folder. */
  files: Record<string, string>;
  /** Files from the blob store, by their path in that folder. */
  blobs: Record<string, string>;
  /** Hash of all that decides the result: program's build, back end and resolved inputs, without cores and folder names. */
  key: string;
  cores: number;
  memoryBytes: number;
  expectedSeconds: number;
  timeLimitSeconds: number;
}

/** The program wrote its checkpoint after SIGTERM and can go on in the same folder. */
export const EXIT_CHECKPOINTED = 75;
