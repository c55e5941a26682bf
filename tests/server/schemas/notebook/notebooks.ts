import { apply } from '@/server/schemas/notebook/apply';
import type { NumberedOperation, Operation } from '@/server/schemas/notebook/operations';
import { emptyState, type NotebookState } from '@/server/schemas/notebook/state';

export const AT = '2026-01-01T00:00:00.000Z';

export const numbered = (
  number: number,
  operation: Operation,
  by: NumberedOperation['by'] = null,
): NumberedOperation => ({
  ...{ number, at: AT, by, operation },
});

/** The state after operations in their order. */
export const after = (operations: Operation[], from: NotebookState = emptyState('deno')): NotebookState =>
  operations.reduce((state, operation) => apply(state, numbered(state.number + 1, operation)).state, from);

export const insert = (cellId: string, previous: string | null = null): Operation => ({
  ...{ kind: 'insert', cellId, after: previous, type: 'code' },
});

const runIds = new Map<string, string>();
/** A run of a cell; its id follows from the cell's. */
export const runOf = (cellId: string, source = `run ${cellId}`) => {
  if (!runIds.has(cellId)) runIds.set(cellId, crypto.randomUUID());
  return { cellId, runId: runIds.get(cellId)!, source };
};
export const run = (...cellIds: string[]): Operation => ({ kind: 'run', runs: cellIds.map((id) => runOf(id)) });
export const ready: Operation = { kind: 'runtime', state: 'ready' };
export const started = (cellId: string, from?: Record<string, string>): Operation => ({
  ...{ kind: 'started', cellId, runId: runOf(cellId).runId, at: AT },
  ...(from ? { from } : {}),
});
export const finished = (cellId: string, state: 'ok' | 'error' | 'interrupted' = 'ok'): Operation => ({
  ...{ kind: 'finished', cellId, runId: runOf(cellId).runId, state, executionCount: 1, at: AT },
});
