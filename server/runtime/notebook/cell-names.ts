import * as Y from 'yjs';
import type { Operation } from '@/server/schemas/notebook/operations';
import type { CellNames as Names, NotebookState } from '@/server/schemas/notebook/state';
import { sourceOf } from '@/server/schemas/notebook/text';
import { type NamesLanguage, namesOf, noNames } from '../names/names-of';

/** Texts are read once nobody has typed for so long. */
const PAUSE_MS = 250;
/** Cells that are read before others get their turn, and characters of them. */
const AT_ONCE = 40;
const CHARACTERS_AT_ONCE = 100_000;
/** Of these, before a cell runs: a huge notebook that was just opened holds up no other. */
const TURNS_MAX = 20;

interface Notebook {
  doc: Y.Doc;
  state(): NotebookState;
  language(): NamesLanguage | null;
  order(operation: Operation): void;
}

/** Keeps the names of a notebook's cells as its texts are: each cell whose text has changed is read again, and no other. */
export class CellNames {
  private readonly changed = new Set<string>();
  private found: (Names & { cellId: string })[] = [];
  private timer: NodeJS.Timeout | null = null;
  private isEnded = false;

  constructor(private readonly notebook: Notebook) {
    notebook.doc.on('afterTransaction', this.hear);
    this.readAll();
  }

  /** The language is another, or the notebook was opened. */
  readAll(): void {
    for (const id of this.notebook.state().order) this.changed.add(id);
    this.schedule(0);
  }

  read(cellId: string): void {
    this.changed.add(cellId);
    this.schedule(PAUSE_MS);
  }

  /** The names are those of the texts when this returns, but in a huge notebook. */
  settle(): void {
    for (let turns = 0; this.changed.size > 0 && turns < TURNS_MAX; turns++) this.readSome();
    this.tell();
  }

  end(): void {
    this.isEnded = true;
    if (this.timer) clearTimeout(this.timer);
    this.notebook.doc.off('afterTransaction', this.hear);
  }

  private readonly hear = ({ changed }: Y.Transaction): void => {
    // A page could send other things than texts of cells.
    for (const type of changed.keys()) if (type._item === null) this.read(Y.findRootTypeKey(type));
  };

  private schedule(pauseMs: number): void {
    if (this.isEnded) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.goOn(), pauseMs);
  }

  private goOn(): void {
    this.readSome();
    if (this.changed.size > 0) this.schedule(0);
    else this.tell();
  }

  private readSome(): void {
    const { doc, state, language } = this.notebook;
    const { cells } = state();
    let characters = 0;
    for (const cellId of [...this.changed].slice(0, AT_ONCE)) {
      if (characters > CHARACTERS_AT_ONCE) return;
      this.changed.delete(cellId);
      const cell = cells[cellId];
      if (cell?.type !== 'code') continue;
      const source = sourceOf(doc, cellId);
      characters += source.length;
      const names = namesOf(language(), source);
      if (!areSame(names, cell.names ?? noNames)) this.found.push({ cellId, ...names });
    }
  }

  private tell(): void {
    const cells = this.found;
    this.found = [];
    if (cells.length > 0) this.notebook.order({ kind: 'names', cells });
  }
}

const areSame = (a: Names, b: Names): boolean =>
  a.defines.join(' ') === b.defines.join(' ') && a.uses.join(' ') === b.uses.join(' ');
