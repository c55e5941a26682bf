import { lastRun } from './last-run';
import { type Providers, providersOf } from './providers';
import { begunBy } from './stale';
import type { Cell, NotebookState } from './state';

/**
 * What has to run, from top to bottom, for some cells to show what the notebook gives: they themselves; cells above whose names they
 * use and that have not run in this kernel, or whose names have since been given another value; and what uses the names of any of
 * these and has run before. Cells that are left alone take those with them that depend on them.
 */
export function planRuns(
  state: NotebookState,
  wanted: Iterable<string>,
  leftAlone: ReadonlySet<string> = new Set(),
): string[] {
  const providers = providersOf(state);
  const given = givenByKernel(state);
  const planned = new Set([...wanted].filter((id) => providers.has(id)));
  const left = new Set(leftAlone);
  while (widen(state, { providers, given, planned, left }));
  return state.order.filter((id) => planned.has(id) && !left.has(id));
}

interface Plan {
  providers: ReadonlyMap<string, Providers>;
  /** Which cell gave each name that the kernel holds its value. */
  given: Providers;
  planned: Set<string>;
  left: Set<string>;
}

/** Goes through the notebook as it would run; whether something had to be added. */
function widen({ cells }: NotebookState, { providers, given, planned, left }: Plan): boolean {
  const held = new Map(given);
  const before = planned.size + left.size;
  for (const [id, own] of providers) {
    const cell = cells[id]!;
    const needs = [...own.values()];
    if (hasRun(cell) && needs.some((need) => planned.has(need) && !left.has(need))) planned.add(id);
    if (!planned.has(id)) continue;
    if (needs.some((need) => left.has(need))) left.add(id);
    if (left.has(id)) continue;
    for (const [name, need] of own) if (held.get(name) !== need) addWithNeeds(need, { providers, given, planned });
    for (const name of cell.names?.defines ?? []) held.set(name, id);
  }
  return planned.size + left.size > before;
}

/** A cell, and those above that have not given it its names; a long row of cells at once. */
function addWithNeeds(id: string, { providers, given, planned }: Omit<Plan, 'left'>): void {
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (planned.has(next)) continue;
    planned.add(next);
    for (const [name, need] of providers.get(next) ?? []) if (given.get(name) !== need) open.push(need);
  }
}

const hasRun = (cell: Cell): boolean => cell.run.state !== 'idle' && (cell.run.state !== 'queued' || !!cell.run.before);

/** By the order in which cells have run in the kernel that is there, deleted ones too. */
function givenByKernel(state: NotebookState): Providers {
  const given = new Map<string, string>();
  if (state.runtime.state !== 'ready') return given;
  const ran = [...Object.values(state.cells), ...state.bin.map(({ cell }) => cell)].filter(
    (cell) => cell.run.state === 'running' || lastRun(cell)?.generation === state.runtime.generation,
  );
  for (const cell of ran.sort((a, b) => begunBy(a) - begunBy(b)))
    for (const name of cell.names?.defines ?? []) given.set(name, cell.id);
  return given;
}
