import * as Y from 'yjs';
import type { z } from 'zod';
import { asJson, type Database, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { findKernelspec } from '@/server/runtime/jupyter/kernelspecs';
import { namesLanguage, namesOf } from '@/server/runtime/names/names-of';
import { moveAllLargeValues } from '@/server/runtime/store/large-values';
import type { createNotebookSchema, NotebookSummary } from '@/server/schemas/notebook/notebooks';
import { emptyCell, emptyState, type NotebookState } from '@/server/schemas/notebook/state';
import { setText } from '@/server/schemas/notebook/text';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { newCellId } from './new-cell-id';
import { toSummary } from './notebook-row';

const UNTITLED = 'Untitled notebook';

/** A new notebook with one empty cell. */
export async function createNotebook(
  actor: Actor,
  { name = UNTITLED, spec }: z.infer<typeof createNotebookSchema>,
): Promise<NotebookSummary> {
  const scope = await projectScope(actor, 'write');
  const cell = emptyCell(newCellId(), 'code');
  const state = { ...emptyState(spec), order: [cell.id], cells: { [cell.id]: cell } };
  return storeNotebook(actor, scope, { name, state, sources: {} });
}

/** Its first snapshot is the only thing about a notebook that is not written by the runtimes process: nobody can have it open yet. */
export async function storeNotebook(
  actor: Actor,
  scope: { projectId: string },
  { name, state, sources }: { name: string; state: NotebookState; sources: Record<string, string> },
  /** What else stands in its row; may refuse. */
  more: (tx: Database) => Promise<{ visitOfId?: string; visitVersion?: number }> = async () => ({}),
): Promise<NotebookSummary> {
  const doc = new Y.Doc();
  for (const [cellId, source] of Object.entries(sources)) setText(doc, cellId, source);
  const id = newId();
  return db().$transaction(
    async (tx) => {
      const row = await tx.notebook.create({
        data: { id, ...scope, userId: actor.userId, name, spec: state.runtime.spec, ...(await more(tx)) },
      });
      const stored = await moveAllLargeValues(tx, id, withNames(state, sources));
      const text = Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer>;
      await tx.notebookSnapshot.create({ data: { notebookId: id, number: 0, state: asJson(stored), text } });
      return toSummary(row);
    },
    { timeout: 60_000 },
  );
}

/** Characters that are read here; of a huge notebook the rest is read once it is opened. */
const READ_MAX = 500_000;

/** With the names of its cells, so that a page that opens it need not draw all anew when they come. */
function withNames(state: NotebookState, sources: Record<string, string>): NotebookState {
  const spoken = (state.metadata['kernelspec'] as { language?: unknown } | undefined)?.language;
  const spec = findKernelspec(state.runtime.spec, typeof spoken === 'string' ? spoken : undefined);
  const language = namesLanguage(spec?.language ?? null);
  const cells = { ...state.cells };
  let characters = 0;
  for (const [id, source] of Object.entries(sources)) {
    const cell = cells[id];
    characters += source.length;
    if (characters > READ_MAX) break;
    if (cell?.type !== 'code') continue;
    const names = namesOf(language, source);
    if (names.defines.length + names.uses.length > 0) cells[id] = { ...cell, names };
  }
  return { ...state, cells };
}
