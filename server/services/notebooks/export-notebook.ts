import { db } from '@/server/db/client';
import { readLargeValues } from '@/server/runtime/store/large-values';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import { writeNotebookFile } from '@/server/schemas/notebook/nbformat';
import { sourceOf } from '@/server/schemas/notebook/text';
import { toFile } from '@/server/schemas/notebook/to-file';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';

/** The notebook as the text of an .ipynb file of format 4.5, with its outputs. */
export async function exportNotebook(
  actor: Actor,
  { id }: { id: string },
): Promise<{ fileName: string; text: string }> {
  const { name } = await requireNotebook(await projectScope(actor, 'read'), id);
  const { state, doc } = await loadNotebook(db(), id);
  const values = await readLargeValues(state);
  const file = toFile(state, { sourceOf: (cellId) => sourceOf(doc, cellId), valueAt: (blob) => values.get(blob) });
  const stem = name.replace(/[^\p{L}\p{N}._ -]+/gu, '-').slice(0, 100);
  return { fileName: `${stem || 'notebook'}.ipynb`, text: writeNotebookFile(file) };
}
