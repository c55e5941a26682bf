import { planRuns } from '../notebook/plan-runs';
import type { Cell, NotebookState } from '../notebook/state';
import { valuesOf } from './apps';
import type { AppInput, InputValue } from './inputs';

/**
 * The code cells that have to run for these values, from top to bottom: those with an input that changed, those that have not run
 * well in the runtime of now, and what depends on any of these. Until it is known which names the cells use, all from the first of
 * them on.
 */
export function cellsToRun(
  state: NotebookState,
  inputs: readonly AppInput[],
  values: Readonly<Record<string, InputValue>>,
): string[] {
  const before = valuesOf(state.metadata);
  const changed = new Set(inputs.filter(({ name }) => before[name] !== values[name]).map(({ cellId }) => cellId));
  const code = state.order.filter((id) => state.cells[id]?.type === 'code');
  const wanted = code.filter((id) => changed.has(id) || !isCurrent(state.cells[id]!, state));
  const isRead = inputs.length > 0 && inputs.every(({ cellId }) => state.cells[cellId]?.names);
  if (isRead) return planRuns(state, wanted);
  return wanted.length === 0 ? [] : code.slice(code.indexOf(wanted[0]!));
}

const isCurrent = ({ run }: Cell, { runtime }: NotebookState): boolean =>
  run.state === 'ok' && runtime.state === 'ready' && run.generation === runtime.generation;
