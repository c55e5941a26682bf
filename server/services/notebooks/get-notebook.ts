import { db } from '@/server/db/client';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import type { NotebookDetail, NotebookSummary } from '@/server/schemas/notebook/notebooks';
import { encodeDocument } from '@/server/schemas/notebook/text';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook, toSummary } from './notebook-row';

/** The notebook as it is stored, without asking the process that runs it. */
export async function getNotebook(actor: Actor, { id }: { id: string }): Promise<NotebookDetail> {
  const row = await requireNotebook(await projectScope(actor, 'read'), id);
  const { state, doc } = await loadNotebook(db(), id);
  return { ...toSummary(row), state, text: encodeDocument(doc) };
}

/** What a list shows of it. */
export async function getSummary(actor: Actor, { id }: { id: string }): Promise<NotebookSummary> {
  return toSummary(await requireNotebook(await projectScope(actor, 'read'), id));
}
