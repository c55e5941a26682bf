import type { NotebookState } from './state';

/** By name, the cell that gives it. */
export type Providers = ReadonlyMap<string, string>;

/**
 * For each cell of code, from top to bottom, where the names that it uses come from: the nearest cell above that defines them. Names
 * that no cell above defines are left out. Since nothing comes from below, no two cells need each other.
 */
export function providersOf({ order, cells }: NotebookState): Map<string, Providers> {
  const above = new Map<string, string>();
  const all = new Map<string, Providers>();
  for (const id of order) {
    const { type, names } = cells[id]!;
    if (type !== 'code') continue;
    all.set(id, pick(above, names?.uses ?? []));
    for (const name of names?.defines ?? []) above.set(name, id);
  }
  return all;
}

/** The same for one cell and names that it is about to use. */
export function providersFor({ order, cells }: NotebookState, cellId: string, uses: readonly string[]): Providers {
  const above = new Map<string, string>();
  for (const id of order.slice(0, order.indexOf(cellId)))
    if (cells[id]!.type === 'code') for (const name of cells[id]!.names?.defines ?? []) above.set(name, id);
  return pick(above, uses);
}

const pick = (above: Providers, names: readonly string[]): Providers =>
  new Map(names.filter((name) => above.has(name)).map((name) => [name, above.get(name)!]));
