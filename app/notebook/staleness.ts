import * as Y from 'yjs';
import { sourceHash } from '@/server/schemas/notebook/source-hash';
import { type StaleReason, staleCells } from '@/server/schemas/notebook/stale';
import type { NotebookState } from '@/server/schemas/notebook/state';

interface Notebook {
  readonly doc: Y.Doc;
  readonly state: NotebookState;
  sourceOf(cellId: string): string;
}

/** The stale cells of an open notebook; worked out again only where its state or a text has changed. */
export class Staleness {
  private readonly hashes = new Map<string, string>();
  private known: { state: NotebookState; stale: Map<string, StaleReason> } | null = null;

  constructor(private readonly notebook: Notebook) {
    notebook.doc.on('afterTransaction', ({ changed }: Y.Transaction) => {
      if (changed.size > 0) this.known = null;
      for (const type of changed.keys()) if (type._item === null) this.hashes.delete(Y.findRootTypeKey(type));
    });
  }

  get(): ReadonlyMap<string, StaleReason> {
    const { state } = this.notebook;
    if (this.known?.state !== state) this.known = { state, stale: staleCells(state, (id) => this.hashOf(id)) };
    return this.known.stale;
  }

  private hashOf(cellId: string): string {
    const known = this.hashes.get(cellId);
    if (known !== undefined) return known;
    const hash = sourceHash(this.notebook.sourceOf(cellId));
    this.hashes.set(cellId, hash);
    return hash;
  }
}
