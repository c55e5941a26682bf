/** Which cells are selected, and whether keys go to the cell or into its editor. */
export interface Selection {
  active: string | null;
  /** Where a selection of several began. */
  anchor: string | null;
  mode: 'command' | 'edit';
  /** Rises to have the active cell take the focus. */
  focusRequest: number;
  /** Markdown cells whose source is shown. */
  opened: ReadonlySet<string>;
}

/** What a page alone knows about itself. */
export class SelectionStore {
  private value: Selection;
  private readonly listeners = new Set<() => void>();

  constructor(active: string | null) {
    this.value = { active, anchor: active, mode: 'command', focusRequest: 0, opened: new Set() };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly get = (): Selection => this.value;

  set(changes: Partial<Selection>): void {
    this.value = { ...this.value, ...changes };
    for (const listener of this.listeners) listener();
  }

  private served = 0;

  /** Whether a request for the focus is to be met: each is once, and by one element. */
  serves(request: number): boolean {
    if (request <= this.served) return false;
    this.served = request;
    return true;
  }

  /** Selects one cell; its element or its editor takes the focus. */
  activate(id: string | null, mode: Selection['mode'] = 'command'): void {
    this.set({ active: id, anchor: id, mode, focusRequest: this.value.focusRequest + 1 });
  }

  open(id: string, isOpen: boolean): void {
    const opened = new Set(this.value.opened);
    if (isOpen) opened.add(id);
    else opened.delete(id);
    this.set({ opened });
  }
}

/** Whether a cell is selected; quick where only one is, since every cell asks at every change. */
export const isWithin = (selection: Selection, order: readonly string[], id: string): boolean =>
  selection.anchor === selection.active ? selection.active === id : selectedIds(selection, order).includes(id);

/** The selected cells in their order. */
export function selectedIds({ active, anchor }: Selection, order: readonly string[]): string[] {
  const [from, to] = [order.indexOf(anchor ?? ''), order.indexOf(active ?? '')];
  if (to < 0) return [];
  if (from < 0) return [order[to]!];
  return order.slice(Math.min(from, to), Math.max(from, to) + 1);
}
