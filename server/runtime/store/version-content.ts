import { createHash } from 'node:crypto';
import { lastRun } from '@/server/schemas/notebook/last-run';
import type { Cell, NotebookState } from '@/server/schemas/notebook/state';
import { blobsOf } from '@/server/schemas/notebook/to-file';
import type { VersionContent } from '@/server/schemas/notebook/versions';
import { clean } from '../notebook/clean';

/** A cell of a version by the hashes of what it held, and of what it had put out; null: nothing. */
export interface CellReference {
  id: string;
  cell: string;
  outputs: string | null;
}

/** What a version is stored as. */
export interface PackedVersion {
  metadata: Record<string, unknown>;
  cells: CellReference[];
  /** By hash. */
  contents: Map<string, unknown>;
  blobs: string[];
}

/** A notebook with its texts, in parts that are stored once however many versions have them. */
export function packVersion(state: NotebookState, sourceOf: (cellId: string) => string): PackedVersion {
  const contents = new Map<string, unknown>();
  const add = (data: unknown): string => {
    const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
    contents.set(hash, data);
    return hash;
  };
  const cells = state.order.map((id): CellReference => {
    const cell = state.cells[id]!;
    const { type, metadata, attachments, outputs, outputsLeftOut, isTrusted, executionCount } = cell;
    const run = lastRun(cell) ?? { state: 'idle' };
    const isEmpty = outputs.length === 0 && executionCount === null && run.state === 'idle' && isTrusted;
    return {
      id,
      cell: add({ type, metadata, attachments, source: clean(sourceOf(id)) }),
      outputs: isEmpty ? null : add({ outputs, outputsLeftOut, isTrusted, executionCount, run }),
    };
  });
  return { metadata: state.metadata, cells, contents, blobs: [...blobsOf({ ...state, bin: [] }).keys()] };
}

/** The cells of a version, whole again. */
export function unpackVersion(
  { metadata, cells }: Pick<PackedVersion, 'metadata' | 'cells'>,
  contents: ReadonlyMap<string, unknown>,
): VersionContent {
  return {
    metadata,
    cells: cells.map(({ id, cell, outputs }) => {
      const held = contents.get(cell) as Pick<Cell, 'type' | 'metadata' | 'attachments'> & { source: string };
      const put = outputs === null ? nothing : (contents.get(outputs) as typeof nothing);
      return { id, ...held, ...put, isClearing: false };
    }),
  };
}

const nothing = {
  ...{ outputs: [], outputsLeftOut: 0, isTrusted: true, executionCount: null },
  run: { state: 'idle' },
} satisfies Partial<Cell> as Pick<Cell, 'outputs' | 'outputsLeftOut' | 'isTrusted' | 'executionCount' | 'run'>;
