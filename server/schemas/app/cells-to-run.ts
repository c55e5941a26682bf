import type { Cell, NotebookState } from '../notebook/state';
import { valuesOf } from './apps';
import type { AppInput, InputValue } from './inputs';

/**
 * The code cells that have to run for these values, from top to bottom: from the first cell with an input that changed on,
 * and before that from the first one that has not run well in the runtime of now.
 */
export function cellsToRun(
  state: NotebookState,
  inputs: readonly AppInput[],
  values: Readonly<Record<string, InputValue>>,
): string[] {
  const before = valuesOf(state.metadata);
  const changed = new Set(inputs.filter(({ name }) => before[name] !== values[name]).map(({ cellId }) => cellId));
  const code = state.order.filter((id) => state.cells[id]?.type === 'code');
  const first = code.findIndex((id) => changed.has(id) || !isCurrent(state.cells[id]!, state));
  return first < 0 ? [] : code.slice(first);
}

const isCurrent = ({ run }: Cell, { runtime }: NotebookState): boolean =>
  run.state === 'ok' && runtime.state === 'ready' && run.generation === runtime.generation;
