import { lastRun } from './last-run';
import { type Providers, providersOf } from './providers';
import type { Cell, EndedRun, NotebookState } from './state';

/** Why what a cell shows is no longer what the notebook gives. */
export type StaleReason =
  /** Its own text is another. */
  | { kind: 'edited' }
  /** The kernel in which it ran is gone, and what it defined with it. */
  | { kind: 'gone' }
  /** The cell that gives a name has run since. */
  | { kind: 'again'; name: string; cellId: string }
  /** A name comes from another cell than when it ran, or from none above. */
  | { kind: 'elsewhere'; name: string; cellId: string | null }
  /** The cell that gives a name is stale itself. */
  | { kind: 'through'; name: string; cellId: string };

/** The cells that have run and are stale, each with its first reason. `hashOf` tells of the text as it stands. */
export function staleCells(state: NotebookState, hashOf: (cellId: string) => string): Map<string, StaleReason> {
  const stale = new Map<string, StaleReason>();
  for (const [id, providers] of providersOf(state)) {
    const run = lastRun(state.cells[id]!);
    const reason = run && (ownReason(state, run, hashOf(id)) ?? reasonFrom(state, run, providers, stale));
    if (reason) stale.set(id, reason);
  }
  return stale;
}

function ownReason({ runtime }: NotebookState, run: EndedRun, hash: string): StaleReason | null {
  if (run.sourceHash !== hash) return { kind: 'edited' };
  return run.generation !== runtime.generation || runtime.state !== 'ready' ? { kind: 'gone' } : null;
}

function reasonFrom(
  { cells }: NotebookState,
  run: EndedRun,
  providers: Providers,
  stale: ReadonlyMap<string, StaleReason>,
): StaleReason | null {
  for (const [name, cellId] of Object.entries(run.from ?? {}))
    if (!providers.has(name)) return { kind: 'elsewhere', name, cellId: null };
    else if (providers.get(name) !== cellId) return { kind: 'elsewhere', name, cellId: providers.get(name)! };
  for (const [name, cellId] of providers) {
    if (run.from && !(name in run.from)) return { kind: 'elsewhere', name, cellId };
    if (begunBy(cells[cellId]!) > (run.begunBy ?? 0)) return { kind: 'again', name, cellId };
  }
  for (const [name, cellId] of providers) if (stale.has(cellId)) return { kind: 'through', name, cellId };
  return null;
}

/** Number of the operation with which the newest run of a cell began; 0 where there was none. */
export function begunBy(cell: Cell): number {
  const run = cell.run.state === 'running' ? cell.run : lastRun(cell);
  return run?.begunBy ?? 0;
}
