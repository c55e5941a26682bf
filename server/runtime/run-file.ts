import { randomUUID } from 'node:crypto';
import { AppError } from '@/server/errors';
import { cellIdSchema, type FileCell, type FileOutput, type NotebookFile } from '@/server/schemas/notebook/nbformat';
import { OutputCollector } from './collect-outputs';
import { Runtime, type RuntimeOptions } from './jupyter/runtime';

export interface RunFileOptions extends RuntimeOptions {
  /** Whether cells after one that ended in an error run too. */
  allowErrors: boolean;
  /** For each cell; null lets it run as long as it does. */
  timeoutMs: number | null;
  signal?: AbortSignal;
  /** Called after each code cell. */
  onCell?(cell: RanCell): void;
}

export interface RanCell {
  /** Counted from one, among all cells of the notebook. */
  number: number;
  id: string;
  seconds: number;
  error: { name: string; message: string; trace: string[] } | null;
}

export interface RanFile {
  file: NotebookFile;
  ran: RanCell[];
  /** Code cells that did not run, because one before them failed. */
  leftOut: number;
}

type CodeCell = Extract<FileCell, { cell_type: 'code' }>;

/**
 * Runs the code cells of a notebook from top to bottom in a new kernel, and gives the notebook with what came out. An error
 * ends the run unless it is allowed, for all cells or by Jupyter's tag `raises-exception`; a kernel that ended or was
 * started anew always does, since what it knew is gone.
 */
export async function runFile(file: NotebookFile, options: RunFileOptions): Promise<RanFile> {
  const collector = new OutputCollector();
  const runtime = await Runtime.start(
    options,
    (message) => collector.hear(message),
    () => undefined,
  );
  const abort = () => void runtime.shutdown();
  options.signal?.addEventListener('abort', abort);
  try {
    const cells = withIds(file.cells).map(withoutResults);
    const toRun = cells.flatMap((cell, at) =>
      cell.cell_type === 'code' && cell.source.trim() !== '' ? [{ cell, at }] : [],
    );
    const ran: RanCell[] = [];
    for (const { cell, at } of toRun) {
      options.signal?.throwIfAborted();
      const run = await runCell(runtime, cell, collector, options.timeoutMs);
      options.signal?.throwIfAborted();
      cells[at] = run.cell;
      const told = { number: at + 1, id: cell.id!, seconds: run.seconds, error: run.error };
      ran.push(told);
      options.onCell?.(told);
      if (run.error && (run.isOver || !(options.allowErrors || isAllowed(cell)))) break;
    }
    return {
      file: { ...file, metadata: metadataOf(file, runtime, options), cells },
      ran,
      leftOut: toRun.length - ran.length,
    };
  } finally {
    options.signal?.removeEventListener('abort', abort);
    await runtime.shutdown();
  }
}

export const isAllowed = ({ metadata: { tags } }: Pick<FileCell, 'metadata'>) =>
  Array.isArray(tags) && tags.includes('raises-exception');

interface Run {
  cell: CodeCell;
  seconds: number;
  error: RanCell['error'];
  /** What the kernel knew is gone. */
  isOver: boolean;
}

async function runCell(
  runtime: Runtime,
  cell: CodeCell,
  collector: OutputCollector,
  timeoutMs: number | null,
): Promise<Run> {
  const started = performance.now();
  const id = randomUUID();
  const outputs = collector.open(id);
  let interrupted: Promise<unknown> | null = null;
  const timer = timeoutMs === null ? null : setTimeout(() => (interrupted = runtime.interrupt()), timeoutMs);
  const end = await runtime.execute(cell.source, { id }).then(
    ({ executionCount, error }) => ({ executionCount, error, isOver: false }),
    (err: unknown) => ({
      ...{ executionCount: null, isOver: true },
      error: {
        ename: 'KernelEnded',
        evalue: err instanceof AppError ? err.userMessage : String(err),
        traceback: [] as string[],
      },
    }),
  );
  if (timer) clearTimeout(timer);
  await interrupted;
  const error = interrupted
    ? { ename: 'Timeout', evalue: `The cell ran for more than ${timeoutMs! / 1000} s and was stopped.`, traceback: [] }
    : end.error;
  // What the kernel itself says of an error stands there already.
  if (error && (end.isOver || interrupted)) outputs.push({ output_type: 'error', ...error });
  return {
    cell: { ...cell, outputs, execution_count: end.executionCount },
    seconds: (performance.now() - started) / 1000,
    error: error && { name: error.ename, message: error.evalue, trace: error.traceback },
    isOver: end.isOver,
  };
}

/** Results of an earlier run would pass for those of this one. */
const withoutResults = (cell: FileCell): FileCell =>
  cell.cell_type === 'code' ? { ...cell, outputs: [] as FileOutput[], execution_count: null } : cell;

/** Each cell with an id of its own, which the format wants from 4.5 on. */
function withIds(cells: FileCell[]): FileCell[] {
  const taken = new Set<string>();
  return cells.map((cell) => {
    const { data } = cellIdSchema.safeParse(cell.id);
    const id = data && !taken.has(data) ? data : randomUUID().slice(0, 8);
    taken.add(id);
    return { ...cell, id };
  });
}

/** The kernel that it ran with: the file may have asked for one by another name. */
function metadataOf({ metadata }: NotebookFile, runtime: Runtime, { spec }: RunFileOptions): Record<string, unknown> {
  return {
    ...metadata,
    kernelspec: { name: spec.name, display_name: spec.displayName, language: spec.language },
    language_info: runtime.info.language_info,
  };
}
