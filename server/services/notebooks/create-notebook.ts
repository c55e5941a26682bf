import * as Y from 'yjs';
import type { z } from 'zod';
import { asJson, type Database, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
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
      const stored = await moveAllLargeValues(tx, id, state);
      const text = Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer>;
      await tx.notebookSnapshot.create({ data: { notebookId: id, number: 0, state: asJson(stored), text } });
      return toSummary(row);
    },
    { timeout: 60_000 },
  );
}
