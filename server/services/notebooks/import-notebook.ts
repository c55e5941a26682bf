import type { z } from 'zod';
import { AppError } from '@/server/errors';
import { clean } from '@/server/runtime/notebook/clean';
import { fromFile } from '@/server/schemas/notebook/from-file';
import { type NotebookFile, notebookFileSchema } from '@/server/schemas/notebook/nbformat';
import type { importNotebookSchema, NotebookSummary } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { newCellId, storeNotebook } from './create-notebook';

/** A notebook from the text of an .ipynb file. What is in its outputs is not trusted. */
export async function importNotebook(
  actor: Actor,
  { name, text }: z.infer<typeof importNotebookSchema>,
): Promise<NotebookSummary> {
  const scope = await projectScope(actor, 'write');
  const { state, sources } = fromFile(readFile(text), newCellId);
  return storeNotebook(actor, scope, { name: name.replace(/\.ipynb$/i, '') || name, state, sources });
}

function readFile(text: string): NotebookFile {
  const json = parse(text);
  const major = (json as { nbformat?: unknown } | null)?.nbformat;
  if (major !== 4)
    throw refused(
      typeof major === 'number'
        ? `The file is of notebook format ${major}; format 4 is read. Open it in Jupyter and save it there anew.`
        : 'The file is no notebook: it says no notebook format.',
    );
  const read = notebookFileSchema.safeParse(json);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw refused(`The file is no notebook of format 4: ${issue.path.join('.') || 'file'}: ${issue.message}.`);
}

function parse(text: string): unknown {
  try {
    return clean(JSON.parse(text));
  } catch {
    throw refused('The file is not JSON, so it is no notebook.');
  }
}

const refused = (userMessage: string) => new AppError('unsupported-format', 'no notebook', { userMessage });
