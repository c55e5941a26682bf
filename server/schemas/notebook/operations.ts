import { z } from 'zod';
import type { Comm } from './comms';
import { cellIdSchema } from './nbformat';
import type { RevertOperation } from './revert';
import type { CellNames, DataOutput, EndState, ErrorOutput, RuntimeState } from './state';

export const SOURCE_MAX = 2_000_000;
const CELLS_AT_ONCE = 20_000;
/** A Yjs update in base64. */
const updateSchema = z.string().max(8_000_000);
const metadataSchema = z.record(z.string(), z.unknown());
const typeSchema = z.enum(['code', 'markdown', 'raw']);
/** The cell after which something goes; null: before all. */
const afterSchema = cellIdSchema.nullable();

/** What a person does. Operations that touch the texts carry what they do to them as `update`. */
export const personOperationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), update: updateSchema }),
  z.object({
    kind: z.literal('insert'),
    after: afterSchema,
    cellId: cellIdSchema,
    type: typeSchema,
    metadata: metadataSchema.optional(),
    update: updateSchema.optional(),
  }),
  z.object({ kind: z.literal('delete'), cellIds: z.array(cellIdSchema).min(1).max(CELLS_AT_ONCE) }),
  z.object({ kind: z.literal('restore'), cellId: cellIdSchema, after: afterSchema, update: updateSchema.optional() }),
  z.object({ kind: z.literal('move'), cellId: cellIdSchema, after: afterSchema }),
  /** The second part is a new cell after the first. */
  z.object({ kind: z.literal('split'), cellId: cellIdSchema, newId: cellIdSchema, update: updateSchema }),
  /** The others go into the first of them. */
  z.object({ kind: z.literal('merge'), cellIds: z.array(cellIdSchema).min(2).max(1000), update: updateSchema }),
  z.object({ kind: z.literal('type'), cellId: cellIdSchema, type: typeSchema }),
  /** Sets the keys given; null removes one. Without a cell the notebook's own. */
  z.object({ kind: z.literal('metadata'), cellId: cellIdSchema.nullable(), changes: metadataSchema }),
  z.object({
    kind: z.literal('run'),
    runs: z
      .array(z.object({ cellId: cellIdSchema, runId: z.uuid(), source: z.string().max(SOURCE_MAX) }))
      .min(1)
      .max(CELLS_AT_ONCE),
  }),
  /** Whether cells whose names were given anew run by themselves. */
  z.object({ kind: z.literal('automatic'), isOn: z.boolean() }),
  /** Takes back a cell that waits. */
  z.object({ kind: z.literal('cancel'), cellId: cellIdSchema }),
  z.object({ kind: z.literal('interrupt') }),
  z.object({ kind: z.literal('restart') }),
  z.object({ kind: z.literal('shutdown') }),
  /** Without cells those of all. */
  z.object({ kind: z.literal('clear'), cellIds: z.array(cellIdSchema).max(CELLS_AT_ONCE).nullable() }),
  /** What was typed goes to the runtime and is kept nowhere. */
  z.object({ kind: z.literal('answer'), text: z.string().max(100_000) }),
]);

export type PersonOperation = z.infer<typeof personOperationSchema>;

/** A part of what a cell puts out. */
export type OutputPart =
  | { kind: 'stream'; name: string; text: string }
  /** The last stream has become so long that only its head, its end and what was left out between are told. */
  | { kind: 'cut'; name: string; head?: string; tail: string; leftOut: { lines: number; characters: number } }
  /** Outputs that came too fast to be kept. */
  | { kind: 'skipped'; count: number }
  | DataOutput
  | ErrorOutput
  | { kind: 'update'; displayId: string; data: DataOutput['data']; metadata: Record<string, unknown> }
  | { kind: 'clear'; wait: boolean }
  /** Where all of the last stream of that name lies that was cut. */
  | { kind: 'all'; name: string; blob: string; bytes: number; isWhole: boolean };

/** What the runtime does. */
export type RuntimeOperation =
  | { kind: 'started'; cellId: string; runId: string; at: string; from?: Record<string, string> }
  /** What the texts of cells define and use now. */
  | { kind: 'names'; cells: (CellNames & { cellId: string })[] }
  | { kind: 'output'; cellId: string; parts: OutputPart[] }
  | {
      kind: 'finished';
      cellId: string;
      runId: string;
      state: EndState;
      executionCount: number | null;
      at: string;
    }
  | { kind: 'question'; cellId: string; prompt: string; isPassword: boolean }
  | {
      kind: 'runtime';
      state: RuntimeState['state'];
      info?: RuntimeState['info'];
      message?: string | null;
      spec?: string;
    };

export type Operation = PersonOperation | RuntimeOperation | RevertOperation;

/** An operation in the order that the server gave it; `by` names the tab, and the place among what that tab sent. */
export interface NumberedOperation {
  number: number;
  at: string;
  by: { client: string; sequence: number } | null;
  operation: Operation;
}

export const sentOperationsSchema = z.object({
  client: z.uuid(),
  operations: z
    .array(z.object({ sequence: z.number().int().min(1), operation: personOperationSchema }))
    .min(1)
    .max(500),
});
export type SentOperations = z.infer<typeof sentOperationsSchema>;

/** What an open page gets: all of it at first and where it cannot go on from what it has, then each operation. */
export type NotebookMessage =
  | { kind: 'all'; epoch: string; state: import('./state').NotebookState; text: string }
  | { kind: 'operations'; epoch: string; operations: NumberedOperation[] }
  /** Nothing was missed. */
  | { kind: 'here'; epoch: string }
  /** From the kernel to who is there; kept nowhere. */
  | { kind: 'comm'; comm: Comm }
  | { kind: 'away' };
