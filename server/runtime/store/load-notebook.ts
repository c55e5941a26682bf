import * as Y from 'yjs';
import type { Database } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { apply } from '@/server/schemas/notebook/apply';
import type { NumberedOperation } from '@/server/schemas/notebook/operations';
import type { NotebookState } from '@/server/schemas/notebook/state';
import { applyUpdate } from '@/server/schemas/notebook/text';

export interface LoadedNotebook {
  state: NotebookState;
  doc: Y.Doc;
  /** Number of the snapshot that it began from. */
  snapshot: number;
}

/** The notebook as it is stored: its newest snapshot and the operations after it. Who may read it was decided before. */
export async function loadNotebook(db: Database, notebookId: string): Promise<LoadedNotebook> {
  const snapshot = await db.notebookSnapshot.findFirst({ where: { notebookId }, orderBy: { number: 'desc' } });
  if (!snapshot) throw new AppError('not-found', `notebook ${notebookId} has no snapshot`);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, snapshot.text);
  let state = snapshot.state as unknown as NotebookState;
  const rows = await db.notebookOperation.findMany({
    where: { notebookId, number: { gt: snapshot.number } },
    orderBy: { number: 'asc' },
  });
  for (const { data } of rows) {
    const operation = data as unknown as NumberedOperation;
    if ('update' in operation.operation && operation.operation.update)
      applyUpdate(doc, operation.operation.update, null);
    ({ state } = apply(state, operation));
  }
  return { state, doc, snapshot: snapshot.number };
}
