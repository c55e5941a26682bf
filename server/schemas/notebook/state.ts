/** What is kept of a notebook besides the texts of its cells, which are a Yjs document (text.ts). Changed by `apply` alone. */
export interface NotebookState {
  /** Number of the operation that was applied last. */
  number: number;
  metadata: Record<string, unknown>;
  /** Ids of the cells from top to bottom. */
  order: string[];
  cells: Record<string, Cell>;
  /** Cells that were deleted, the newest last: each can be put back with its outputs. isReverted: bringing back a version removed it. */
  bin: { cell: Cell; after: string | null; isReverted?: boolean }[];
  /** Ids of the cells that wait to run. */
  queue: string[];
  /** What runs; its cell may have been deleted meanwhile. */
  running: { cellId: string; runId: string } | null;
  runtime: RuntimeState;
  /** What the running cell asks the person. */
  question: Question | null;
  /** After a cell has run, the cells that use its names run too. */
  isAutomatic?: boolean;
  /** The last operation of each tab, so that one that is sent twice counts once. The newest tabs last. */
  clients: { id: string; sequence: number }[];
}

export type CellType = 'code' | 'markdown' | 'raw';

export interface Cell {
  id: string;
  type: CellType;
  metadata: Record<string, unknown>;
  attachments: Record<string, Bundle> | null;
  outputs: Output[];
  /** Outputs between the first and the last ones that were left out. */
  outputsLeftOut: number;
  /** The next output takes the place of all that are there. */
  isClearing: boolean;
  /** false: the outputs came with a file, and what is in them runs no script. */
  isTrusted: boolean;
  executionCount: number | null;
  run: Run;
  /** What its text defines and uses, as the server read it. */
  names?: CellNames;
}

export interface CellNames {
  defines: string[];
  uses: string[];
}

export type Run =
  | { state: 'idle' }
  /** `before`: how it stood, for where it is taken back. */
  | { state: 'queued'; runId: string; source: string; before?: EndedRun }
  | ({ state: 'running'; runId: string; source: string; startedAt: string } & Begun)
  | EndedRun;

export interface EndedRun extends Begun {
  state: EndState;
  startedAt: string | null;
  endedAt: string;
  /** Of the source that ran, to see whether it has changed since. */
  sourceHash: string;
  /** The runtime in which it ran: what it left is gone with it. */
  generation: number;
}

interface Begun {
  /** Number of the operation with which it began: runs by the order of time. */
  begunBy?: number;
  /** The cells that gave the names it uses, by name. */
  from?: Record<string, string>;
}

/** died: the runtime ended with it; lost: the platform itself did, and at most the last 100 ms of its output are missing. */
export type EndState = 'ok' | 'error' | 'interrupted' | 'died' | 'lost';

/** A value of a media type: in place, or in the blob store where it is large. */
export type MimeValue = { inline: unknown } | { blob: string; bytes: number; encoding: 'text' | 'base64' | 'json' };
export type Bundle = Record<string, MimeValue>;

export interface StreamOutput {
  kind: 'stream';
  name: string;
  head: string;
  /** What came last, where something between was left out. */
  tail: string;
  leftOut: { lines: number; characters: number } | null;
  /** All of it, or of its first megabytes, in the blob store. */
  all: { blob: string; bytes: number; isWhole: boolean } | null;
}

export interface DataOutput {
  kind: 'data';
  data: Bundle;
  metadata: Record<string, unknown>;
  /** What the cell gave, and not what it showed on its way. */
  isResult: boolean;
  executionCount: number | null;
  displayId: string | null;
}

export interface ErrorOutput {
  kind: 'error';
  name: string;
  message: string;
  trace: string[];
}

export type Output = StreamOutput | DataOutput | ErrorOutput;

export interface RuntimeState {
  state: 'none' | 'starting' | 'ready' | 'restarting' | 'died';
  /** Rises with each process. */
  generation: number;
  /** Name of the kernelspec: `deno`, `python3`. */
  spec: string;
  info: RuntimeInfo | null;
  /** Why it is not there. */
  message: string | null;
}

export interface RuntimeInfo {
  displayName: string;
  language: string;
  version: string;
  confinement: Confinement[];
}

/** One thing that could hold the process, whether it does on this machine, and a sentence for the person. */
export interface Confinement {
  topic: string;
  isHeld: boolean;
  text: string;
}

export interface Question {
  cellId: string;
  prompt: string;
  isPassword: boolean;
}

export const emptyState = (spec: string): NotebookState => ({
  number: 0,
  metadata: {},
  order: [],
  cells: {},
  bin: [],
  queue: [],
  running: null,
  runtime: { state: 'none', generation: 0, spec, info: null, message: null },
  question: null,
  clients: [],
});

export const emptyCell = (id: string, type: CellType): Cell => ({
  ...{ id, type, metadata: {}, attachments: null, outputs: [], outputsLeftOut: 0 },
  ...{ isClearing: false, isTrusted: true, executionCount: null, run: { state: 'idle' } },
});
