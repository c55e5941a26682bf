import { planRuns } from '@/server/schemas/notebook/plan-runs';
import type { CellType } from '@/server/schemas/notebook/state';
import { mergeTexts, setText, splitText } from '@/server/schemas/notebook/text';
import { type Match, replaceMatches, type Search } from './find-text';
import type { NotebookClient } from './notebook-client';
import { type SelectionStore, selectedIds } from './selection';

interface Step {
  undo(): void;
  redo(): void;
}

interface Copied {
  type: CellType;
  metadata: Record<string, unknown>;
  source: string;
}

/** Copied cells can be put into another notebook that is opened later in this page. */
let clipboard: Copied[] = [];
const UNDO_MAX = 200;

export const newCellId = () => crypto.randomUUID().slice(0, 8);

/** All that a person can do with cells, by key, button or menu. What changes cells can be taken back, step by step. */
export class Commands {
  private done: Step[] = [];
  private undone: Step[] = [];
  /** Where the cursor stands in the cell that is being edited. */
  cursorOf: (cellId: string) => number | null = () => null;
  /** What the editor of a cell shall select when it comes, or at once where it is there. */
  wantedSelection: Match | null = null;
  readonly selecters = new Map<string, (start: number, end: number) => void>();
  /** Opens the search. */
  find: () => void = () => undefined;
  /** Shows all keys. */
  showKeys: () => void = () => undefined;

  constructor(
    readonly client: NotebookClient,
    readonly selection: SelectionStore,
  ) {}

  private get order(): string[] {
    return this.client.state.order;
  }

  private get active(): string | null {
    const { active } = this.selection.get();
    return active !== null && active in this.client.state.cells ? active : null;
  }

  private get selected(): string[] {
    return selectedIds(this.selection.get(), this.order);
  }

  private before(cellId: string): string | null {
    return this.order[this.order.indexOf(cellId) - 1] ?? null;
  }

  private perform(step: Step): void {
    this.record(step);
    step.redo();
  }

  /** A change that was made already, to be taken back like the others. */
  record(step: Step): void {
    this.done = [...this.done, step].slice(-UNDO_MAX);
    this.undone = [];
  }

  undo(): void {
    const step = this.done.pop();
    if (!step) return;
    this.undone.push(step);
    step.undo();
    this.keepActive();
  }

  redo(): void {
    const step = this.undone.pop();
    if (!step) return;
    this.done.push(step);
    step.redo();
    this.keepActive();
  }

  insert(after: string | null, type: CellType = 'code', copied: Partial<Copied> = {}): string {
    const cellId = newCellId();
    const { source = '', metadata = {} } = copied;
    let wasMade = false;
    this.perform({
      redo: () => {
        if (wasMade) return this.client.dispatch({ kind: 'restore', cellId, after });
        wasMade = true;
        const update = this.client.edit(() => setText(this.client.doc, cellId, source));
        this.client.dispatch({ kind: 'insert', cellId, after, type, metadata, update });
      },
      undo: () => this.client.dispatch({ kind: 'delete', cellIds: [cellId] }),
    });
    return cellId;
  }

  insertAbove(): void {
    const { active } = this;
    this.selection.activate(this.insert(active === null ? null : this.before(active)));
  }

  insertBelow(type: CellType = 'code', mode: 'command' | 'edit' = 'command'): void {
    const id = this.insert(this.active ?? this.order.at(-1) ?? null, type);
    if (type === 'markdown') this.selection.open(id, true);
    this.selection.activate(id, mode);
  }

  delete(): void {
    const cellIds = this.selected;
    if (cellIds.length === 0) return;
    const places = cellIds.map((cellId) => ({ cellId, after: this.before(cellId) }));
    const next = this.order[this.order.indexOf(cellIds.at(-1)!) + 1] ?? this.before(cellIds[0]!);
    this.perform({
      redo: () => this.client.dispatch({ kind: 'delete', cellIds }),
      undo: () => this.client.dispatch(...places.map((place) => ({ kind: 'restore' as const, ...place }))),
    });
    this.selection.activate(next);
  }

  move(cellId: string, after: string | null): void {
    const before = this.before(cellId);
    if (before === after) return;
    this.perform({
      redo: () => this.client.dispatch({ kind: 'move', cellId, after }),
      undo: () => this.client.dispatch({ kind: 'move', cellId, after: before }),
    });
    this.selection.activate(cellId);
  }

  /** Before or after another one, where it was dropped. */
  moveTo(cellId: string, target: string, side: 'before' | 'after'): void {
    if (cellId === target || !(cellId in this.client.state.cells)) return;
    const others = this.order.filter((id) => id !== cellId);
    this.move(cellId, side === 'after' ? target : (others[others.indexOf(target) - 1] ?? null));
  }

  moveUp(): void {
    const at = this.order.indexOf(this.active ?? '');
    if (at > 0) this.move(this.order[at]!, this.order[at - 2] ?? null);
  }

  moveDown(): void {
    const at = this.order.indexOf(this.active ?? '');
    if (at >= 0 && at < this.order.length - 1) this.move(this.order[at]!, this.order[at + 1]!);
  }

  setType(type: CellType): void {
    for (const cellId of this.selected) {
      const before = this.client.state.cells[cellId]!.type;
      if (before === type) continue;
      this.perform({
        redo: () => this.client.dispatch({ kind: 'type', cellId, type }),
        undo: () => this.client.dispatch({ kind: 'type', cellId, type: before }),
      });
      if (type === 'markdown') this.selection.open(cellId, true);
    }
    this.selection.activate(this.active);
  }

  /** A markdown heading of that level. */
  setHeading(level: number): void {
    const { active } = this;
    if (!active) return;
    this.setType('markdown');
    const source = `${'#'.repeat(level)} ${this.client.sourceOf(active).replace(/^#{1,6} */, '')}`;
    const update = this.client.edit(() => setText(this.client.doc, active, source));
    this.client.dispatch({ kind: 'text', update });
  }

  split(): void {
    const { active: cellId } = this;
    const at = cellId === null ? null : this.cursorOf(cellId);
    if (cellId === null || at === null) return;
    const newId = newCellId();
    const source = this.client.sourceOf(cellId);
    let parts = ['', ''];
    const sources = () => [this.client.sourceOf(cellId), this.client.sourceOf(newId)];
    this.perform({
      redo: () => {
        const update = this.client.edit(() => {
          setText(this.client.doc, newId, '');
          splitText(this.client.doc, cellId, newId, Math.min(at, this.client.sourceOf(cellId).length));
        });
        const isMade = this.client.state.bin.some(({ cell }) => cell.id === newId);
        if (isMade) this.client.dispatch({ kind: 'restore', cellId: newId, after: cellId, update });
        else this.client.dispatch({ kind: 'split', cellId, newId, update });
        parts = sources();
      },
      undo: () => {
        // Where somebody has typed since, all of it is put together and nothing is lost.
        const isUnchanged = sources().every((part, i) => part === parts[i]);
        const update = this.client.edit(() =>
          isUnchanged ? setText(this.client.doc, cellId, source) : mergeTexts(this.client.doc, [cellId, newId], '\n'),
        );
        this.client.dispatch({ kind: 'merge', cellIds: [cellId, newId], update });
      },
    });
    if (this.client.state.cells[cellId]?.type === 'markdown') this.selection.open(newId, true);
    this.selection.activate(newId, 'edit');
  }

  /** The selected cells, or the active one and the next. */
  merge(): void {
    const at = this.order.indexOf(this.active ?? '');
    const cellIds = this.selected.length > 1 ? this.selected : this.order.slice(at, at + 2);
    if (at < 0 || cellIds.length < 2) return;
    const [first, ...others] = cellIds as [string, ...string[]];
    const source = this.client.sourceOf(first);
    let merged = '';
    this.perform({
      redo: () => {
        const update = this.client.edit(() => mergeTexts(this.client.doc, cellIds));
        this.client.dispatch({ kind: 'merge', cellIds, update });
        merged = this.client.sourceOf(first);
      },
      undo: () => {
        const isUnchanged = this.client.sourceOf(first) === merged;
        const update = this.client.edit(() => isUnchanged && setText(this.client.doc, first, source));
        this.client.dispatch(
          { kind: 'text', update },
          ...others.map((cellId, i) => ({ kind: 'restore' as const, cellId, after: cellIds[i]! })),
        );
      },
    });
    this.selection.activate(first);
  }

  copy(): void {
    clipboard = this.selected.map((id) => {
      const { type, metadata } = this.client.state.cells[id]!;
      return { type, metadata, source: this.client.sourceOf(id) };
    });
  }

  cut(): void {
    this.copy();
    this.delete();
  }

  paste(): void {
    let after = this.selected.at(-1) ?? this.order.at(-1) ?? null;
    for (const one of clipboard) after = this.insert(after, one.type, one);
    this.selection.activate(after);
  }

  run(cellIds: readonly string[]): void {
    for (const id of cellIds) if (this.client.state.cells[id]?.type === 'markdown') this.selection.open(id, false);
    const runs = cellIds
      .filter((id) => this.client.state.cells[id]?.type === 'code' && this.client.sourceOf(id).trim() !== '')
      .map((cellId) => ({ cellId, runId: crypto.randomUUID(), source: this.client.sourceOf(cellId) }));
    if (runs.length > 0) this.client.dispatch({ kind: 'run', runs });
  }

  runSelected(): void {
    this.run(this.selected);
    this.selection.activate(this.active);
  }

  /** Runs, and goes to the next cell; after the last one there is a new one. */
  runAndAdvance(): void {
    this.run(this.selected);
    const next = this.order[this.order.indexOf(this.active ?? '') + 1];
    if (next) this.selection.activate(next);
    else this.insertBelow('code', 'edit');
  }

  runAndInsert(): void {
    this.run(this.selected);
    this.insertBelow('code', 'edit');
  }

  runAll(): void {
    this.run(this.order);
  }

  runAbove(): void {
    this.run(this.order.slice(0, Math.max(0, this.order.indexOf(this.active ?? ''))));
  }

  runBelow(): void {
    this.run(this.order.slice(Math.max(0, this.order.indexOf(this.active ?? ''))));
  }

  /** The stale cells, and what has to run for them. */
  runStale(): void {
    const { state, stale } = this.client;
    this.run(planRuns(state, stale.keys()).filter((id) => !state.queue.includes(id)));
  }

  /** Whether cells run by themselves when another has given a name anew. */
  setAutomatic(isOn: boolean): void {
    this.client.dispatch({ kind: 'automatic', isOn });
  }

  cancel(cellId: string): void {
    this.client.dispatch({ kind: 'cancel', cellId });
  }

  interrupt(): void {
    this.client.dispatch({ kind: 'interrupt' });
  }

  restart(): void {
    this.client.dispatch({ kind: 'restart' });
  }

  shutdown(): void {
    this.client.dispatch({ kind: 'shutdown' });
  }

  /** Goes to a place in the source of a cell, and selects it there. */
  select(match: Match): void {
    this.wantedSelection = match;
    this.selection.open(match.cellId, true);
    this.selection.set({ active: match.cellId, anchor: match.cellId, mode: 'command' });
    document.getElementById(`cell-${match.cellId}`)?.scrollIntoView({ block: 'center' });
    this.selecters.get(match.cellId)?.(match.start, match.end);
  }

  /** In all cells; one step of undo takes it back where nobody has changed them since. */
  replaceAll(search: Search, replacement: string): void {
    const changed = this.order
      .map((id) => ({ id, before: this.client.sourceOf(id) }))
      .map((one) => ({ ...one, after: replaceMatches(one.before, search, replacement) }))
      .filter(({ before, after }) => before !== after);
    if (changed.length === 0) return;
    const set = (from: 'before' | 'after', to: 'before' | 'after') => {
      const update = this.client.edit(() => {
        for (const one of changed)
          if (this.client.sourceOf(one.id) === one[from]) setText(this.client.doc, one.id, one[to]);
      });
      this.client.dispatch({ kind: 'text', update });
    };
    this.perform({ redo: () => set('before', 'after'), undo: () => set('after', 'before') });
  }

  clearOutputs(cellIds: string[] | null): void {
    this.client.dispatch({ kind: 'clear', cellIds });
  }

  toggleOutputs(): void {
    for (const cellId of this.selected) {
      const isHidden = this.client.state.cells[cellId]!.metadata['collapsed'] === true;
      this.client.dispatch({ kind: 'metadata', cellId, changes: { collapsed: isHidden ? null : true } });
    }
  }

  step(by: -1 | 1, isExtending = false): void {
    const { order } = this;
    const at = order.indexOf(this.active ?? '');
    const next = order[Math.max(0, Math.min(order.length - 1, at + by))];
    if (next === undefined) return;
    if (!isExtending) this.selection.activate(next);
    else this.selection.set({ active: next, mode: 'command', focusRequest: this.selection.get().focusRequest + 1 });
  }

  edge(which: 'first' | 'last'): void {
    this.selection.activate((which === 'first' ? this.order[0] : this.order.at(-1)) ?? null);
  }

  selectAll(): void {
    this.selection.set({ anchor: this.order[0] ?? null, active: this.order.at(-1) ?? null });
  }

  enter(): void {
    const { active } = this;
    if (!active) return;
    this.selection.open(active, true);
    this.selection.activate(active, 'edit');
  }

  leave(): void {
    this.selection.activate(this.active);
  }

  private keepActive(): void {
    const active = this.active ?? this.order[0] ?? null;
    this.selection.activate(active);
  }
}
