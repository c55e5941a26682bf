import type { Cell, NotebookState } from './state';

/** The notebook as it was in a version: the cells from top to bottom, and of those that differ from what stands there, what they were. */
export interface RevertOperation {
  kind: 'revert';
  versionId: string;
  order: string[];
  cells: Record<string, Cell>;
  metadata: Record<string, unknown>;
  /** What becomes of the texts; absent: nothing. */
  update?: string;
}

/** A cell as a version has it. One that runs goes on and keeps what it puts out; one that waits still waits. */
export function revertCell(now: Cell | undefined, then: Cell): Cell {
  // The names are read from the text, by the server.
  const cell = now?.names ? { ...then, names: now.names } : then;
  if (cell.type !== 'code' || now?.type !== 'code') return cell;
  if (now.run.state === 'queued') return { ...cell, run: now.run };
  if (now.run.state !== 'running') return cell;
  const { outputs, outputsLeftOut, isClearing, isTrusted, executionCount, run } = now;
  return { ...cell, outputs, outputsLeftOut, isClearing, isTrusted, executionCount, run };
}

/** The state with exactly the cells of `order`; what left it before lies in the bin. */
export function placeReverted(state: NotebookState, { order, cells, metadata }: RevertOperation): NotebookState {
  const placed = order.flatMap((id) => {
    const cell = cells[id] ? revertCell(state.cells[id], cells[id]) : state.cells[id];
    return cell ? [cell] : [];
  });
  const placedCells = Object.fromEntries(placed.map((cell) => [cell.id, cell]));
  return {
    ...state,
    metadata,
    order: placed.map(({ id }) => id),
    cells: placedCells,
    bin: state.bin.filter(({ cell }) => !(cell.id in placedCells)),
    queue: state.queue.filter((id) => placedCells[id]?.run.state === 'queued'),
  };
}
