import type { z } from 'zod';
import { db } from '@/server/db/client';
import { readLargeValues } from '@/server/runtime/store/large-values';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import { type NotebookFile, writeNotebookFile } from '@/server/schemas/notebook/nbformat';
import type { exportNotebookSchema } from '@/server/schemas/notebook/notebooks';
import { sourceOf } from '@/server/schemas/notebook/text';
import { toFile } from '@/server/schemas/notebook/to-file';
import { toMarkdown } from '@/server/schemas/notebook/to-markdown';
import { toScript } from '@/server/schemas/notebook/to-script';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';
import { writeHtmlInThread } from './thread/in-thread';

/** The notebook as the text of an .ipynb file of format 4.5, with its outputs; or as a program, as Markdown, or as a page of HTML. */
export async function exportNotebook(
  actor: Actor,
  { id, format }: z.infer<typeof exportNotebookSchema>,
): Promise<{ fileName: string; text: string }> {
  const { name } = await requireNotebook(await projectScope(actor, 'read'), id);
  const { state, doc } = await loadNotebook(db(), id);
  const values = await readLargeValues(state);
  const file = toFile(state, { sourceOf: (cellId) => sourceOf(doc, cellId), valueAt: (blob) => values.get(blob) });
  const stem = name.replace(/[^\p{L}\p{N}._ -]+/gu, '-').slice(0, 100);
  const { text, extension } = await written(file, name, format);
  return { fileName: `${stem || 'notebook'}.${extension}`, text };
}

async function written(file: NotebookFile, name: string, format: z.infer<typeof exportNotebookSchema>['format']) {
  if (format === 'html') return { text: await writeHtmlInThread(file, name), extension: 'html' };
  if (format === 'script') return toScript(file);
  if (format === 'markdown') return { text: toMarkdown(file), extension: 'md' };
  return { text: writeNotebookFile(file), extension: 'ipynb' };
}
