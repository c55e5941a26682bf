import { lastRun } from './last-run';
import type { NumberedOperation, Operation } from './operations';
import { addPart, withoutOutputs } from './outputs';
import { placeReverted } from './revert';
import { sourceHash } from './source-hash';
import { type Cell, type EndState, emptyCell, type NotebookState } from './state';

/** What the server has to do after an operation; browsers do nothing of it. */
export type Effect =
  | { kind: 'execute'; cellId: string; runId: string; source: string }
  | { kind: 'interrupt' }
  | { kind: 'restart' }
  | { kind: 'shutdown' }
  | { kind: 'answer'; text: string };

export interface Applied {
  state: NotebookState;
  effects: Effect[];
}

const BIN_MAX = 200;
const CLIENTS_MAX = 200;

/**
 * The notebook after an operation. Pure: the server and every open page compute the same. An operation that no longer fits (its cell
 * was deleted meanwhile) changes nothing but the number.
 */
export function apply(state: NotebookState, { number, at, by, operation }: NumberedOperation): Applied {
  const known = by && state.clients.find(({ id }) => id === by.client);
  const counted = { ...state, number };
  if (by && known && known.sequence >= by.sequence) return { state: counted, effects: [] };
  const clients = by
    ? [...state.clients.filter(({ id }) => id !== by.client), { id: by.client, sequence: by.sequence }].slice(
        -CLIENTS_MAX,
      )
    : state.clients;
  return goOn(change({ ...counted, clients }, operation, at));
}

const only = (state: NotebookState): Applied => ({ state, effects: [] });

function change(state: NotebookState, operation: Operation, at: string): Applied {
  switch (operation.kind) {
    case 'text':
      return only(state);
    case 'insert': {
      const { cellId, type, metadata = {}, after } = operation;
      if (cellId in state.cells || isBinned(state, cellId)) return only(state);
      return only(place(state, { ...emptyCell(cellId, type), metadata }, after));
    }
    case 'delete':
      return only(operation.cellIds.reduce(remove, state));
    case 'restore': {
      const entry = state.bin.find(({ cell }) => cell.id === operation.cellId);
      if (!entry) return only(state);
      const bin = state.bin.filter((other) => other !== entry);
      return only(place({ ...state, bin }, entry.cell, operation.after));
    }
    case 'move': {
      const { cellId, after } = operation;
      if (!(cellId in state.cells) || after === cellId) return only(state);
      const order = state.order.filter((id) => id !== cellId);
      return only({ ...state, order: insertAfter({ ...state, order }, cellId, after) });
    }
    case 'split': {
      const cell = state.cells[operation.cellId];
      if (!cell || operation.newId in state.cells) return only(state);
      const second = { ...emptyCell(operation.newId, cell.type), metadata: cell.metadata };
      return only(place(state, second, cell.id));
    }
    case 'merge':
      return only(operation.cellIds.slice(1).reduce(remove, state));
    case 'type': {
      const { cellId, type } = operation;
      return only(changeCell(cancel(state, cellId), cellId, (cell) => ({ ...cell, type })));
    }
    case 'metadata': {
      const merge = (metadata: Record<string, unknown>) => mergeMetadata(metadata, operation.changes);
      if (operation.cellId === null) return only({ ...state, metadata: merge(state.metadata) });
      return only(changeCell(state, operation.cellId, (cell) => ({ ...cell, metadata: merge(cell.metadata) })));
    }
    case 'run':
      return only(operation.runs.reduce(enqueue, state));
    case 'automatic':
      return only({ ...state, isAutomatic: operation.isOn });
    case 'names': {
      const set = (one: NotebookState, { cellId, ...names }: (typeof operation.cells)[number]) =>
        changeCell(one, cellId, (cell) => ({ ...cell, names }));
      return only(operation.cells.reduce(set, state));
    }
    case 'cancel':
      return only(cancel(state, operation.cellId));
    case 'interrupt':
      return { state: clearQueue(state), effects: [{ kind: 'interrupt' }] };
    case 'restart':
      return {
        state: withRuntime(end(clearQueue(state), 'interrupted', at), {
          ...{ state: 'restarting', message: null },
          generation: state.runtime.generation + 1,
        }),
        effects: [{ kind: 'restart' }],
      };
    case 'shutdown':
      return {
        state: withRuntime(end(clearQueue(state), 'interrupted', at), { state: 'none', message: null }),
        effects: [{ kind: 'shutdown' }],
      };
    case 'clear': {
      const clear = (one: NotebookState, cellId: string) =>
        changeCell(one, cellId, (cell) => ({ ...withoutOutputs(cell), executionCount: null }));
      return only((operation.cellIds ?? state.order).reduce(clear, state));
    }
    case 'answer':
      return state.question
        ? { state: { ...state, question: null }, effects: [{ kind: 'answer', text: operation.text }] }
        : only(state);
    case 'revert': {
      const kept = new Set(operation.order);
      const gone = state.order.filter((id) => !kept.has(id));
      return only(placeReverted(gone.reduce(removeByRevert, state), operation));
    }
    case 'started': {
      const { cellId, runId } = operation;
      const run = state.cells[cellId]?.run;
      if (run?.state !== 'queued' || run.runId !== runId) return only(state);
      const started = changeCell(state, cellId, (cell) => ({
        ...withoutOutputs(cell),
        isTrusted: true,
        executionCount: null,
        run: { state: 'running', runId, source: run.source, startedAt: operation.at, ...begun(state, operation.from) },
      }));
      return only({ ...started, running: { cellId, runId }, queue: state.queue.filter((id) => id !== cellId) });
    }
    case 'output':
      return only(changeCell(state, operation.cellId, (cell) => operation.parts.reduce(addPart, cell)));
    case 'finished': {
      if (state.running?.runId !== operation.runId) return only(state);
      const ended = end(state, operation.state, operation.at, operation.executionCount);
      return only(operation.state === 'ok' ? ended : clearQueue(ended));
    }
    case 'question': {
      const { cellId, prompt, isPassword } = operation;
      return only(state.running?.cellId === cellId ? { ...state, question: { cellId, prompt, isPassword } } : state);
    }
    case 'runtime': {
      const { kind: _, ...changes } = operation;
      const generation = state.runtime.generation + (changes.state === 'starting' ? 1 : 0);
      const changed = withRuntime(state, { ...changes, message: changes.message ?? null, generation });
      return only(changes.state === 'died' ? clearQueue(end(changed, 'died', at)) : changed);
    }
  }
}

/** Where there is no runtime the first cell that shall run has one started. */
const canBegin: ReadonlySet<string> = new Set(['none', 'died', 'ready']);

/** The next cell begins as soon as none runs and the runtime is there. */
function goOn({ state, effects }: Applied): Applied {
  const next = state.queue[0];
  const run = next === undefined ? undefined : state.cells[next]?.run;
  if (state.running !== null || !canBegin.has(state.runtime.state) || run?.state !== 'queued')
    return { state, effects };
  return { state, effects: [...effects, { kind: 'execute', cellId: next!, runId: run.runId, source: run.source }] };
}

const isBinned = (state: NotebookState, id: string) => state.bin.some(({ cell }) => cell.id === id);

function changeCell(state: NotebookState, id: string, alter: (cell: Cell) => Cell): NotebookState {
  const cell = state.cells[id];
  return cell ? { ...state, cells: { ...state.cells, [id]: alter(cell) } } : state;
}

function place(state: NotebookState, cell: Cell, after: string | null): NotebookState {
  return {
    ...state,
    cells: { ...state.cells, [cell.id]: cell },
    order: insertAfter(state, cell.id, after),
  };
}

/** Where the cell after which it should go was deleted meanwhile, it goes after the one before that. */
function insertAfter(state: NotebookState, id: string, after: string | null): string[] {
  const { order } = state;
  let anchor = after;
  for (let steps = 0; anchor !== null && !order.includes(anchor); steps++) {
    const binned = state.bin.find(({ cell }) => cell.id === anchor);
    if (!binned || steps > BIN_MAX) return [...order, id];
    anchor = binned.after;
  }
  const at = anchor === null ? 0 : order.indexOf(anchor) + 1;
  return [...order.slice(0, at), id, ...order.slice(at)];
}

/** A deleted cell lies in the bin. Where it runs, the others wait for its end all the same. */
function remove(state: NotebookState, id: string): NotebookState {
  const before = cancel(state, id);
  const cell = before.cells[id];
  if (!cell) return state;
  const at = before.order.indexOf(id);
  const { [id]: _, ...cells } = before.cells;
  const run = cell.run.state === 'running' ? ({ state: 'idle' } as const) : cell.run;
  return {
    ...before,
    cells,
    order: before.order.filter((other) => other !== id),
    bin: [...before.bin, { cell: { ...cell, run }, after: before.order[at - 1] ?? null }].slice(-BIN_MAX),
    ...(before.question?.cellId === id ? { question: null } : {}),
  };
}

/** Marked, so that what somebody still types into it brings it back. */
function removeByRevert(state: NotebookState, id: string): NotebookState {
  const removed = remove(state, id);
  return { ...removed, bin: removed.bin.map((one) => (one.cell.id === id ? { ...one, isReverted: true } : one)) };
}

function enqueue(
  state: NotebookState,
  { cellId, runId, source }: { cellId: string; runId: string; source: string },
): NotebookState {
  const cell = state.cells[cellId];
  if (cell?.type !== 'code' || cell.run.state === 'running') return state;
  const before = lastRun(cell);
  const queued = changeCell(state, cellId, (one) => ({
    ...one,
    run: { state: 'queued', runId, source, ...(before ? { before } : {}) },
  }));
  return { ...queued, queue: state.queue.includes(cellId) ? state.queue : [...state.queue, cellId] };
}

function cancel(state: NotebookState, cellId: string): NotebookState {
  if (!state.queue.includes(cellId)) return state;
  const taken = changeCell(state, cellId, (cell) => ({ ...cell, run: lastRun(cell) ?? { state: 'idle' } }));
  return { ...taken, queue: state.queue.filter((id) => id !== cellId) };
}

const clearQueue = (state: NotebookState): NotebookState => state.queue.reduce(cancel, state);

const begun = ({ number }: { number: number | undefined }, from: Record<string, string> | undefined) => ({
  ...(number === undefined ? {} : { begunBy: number }),
  ...(from ? { from } : {}),
});

/** What runs has ended so. */
function end(state: NotebookState, how: EndState, at: string, executionCount: number | null = null): NotebookState {
  if (state.running === null) return state;
  const { cellId, runId } = state.running;
  const ended = changeCell(state, cellId, (cell) =>
    cell.run.state === 'running' && cell.run.runId === runId
      ? {
          ...cell,
          isClearing: false,
          executionCount,
          run: {
            ...begun({ number: cell.run.begunBy }, cell.run.from),
            state: how,
            startedAt: cell.run.startedAt,
            endedAt: at,
            sourceHash: sourceHash(cell.run.source),
            generation: state.runtime.generation,
          },
        }
      : cell,
  );
  return { ...ended, running: null, question: null };
}

const withRuntime = (state: NotebookState, changes: Partial<NotebookState['runtime']>): NotebookState => ({
  ...state,
  runtime: { ...state.runtime, ...changes },
});

function mergeMetadata(metadata: Record<string, unknown>, changes: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...metadata, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}
