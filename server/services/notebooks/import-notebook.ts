import type { z } from 'zod';
import type { importNotebookSchema, NotebookSummary } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { storeNotebook } from './create-notebook';
import { readInThread } from './thread/in-thread';

/** A notebook from the text of an .ipynb file. What is in its outputs is not trusted. */
export async function importNotebook(
  actor: Actor,
  { name, text }: z.infer<typeof importNotebookSchema>,
): Promise<NotebookSummary> {
  const scope = await projectScope(actor, 'write');
  const { state, sources } = await readInThread(text);
  return storeNotebook(actor, scope, { name: name.replace(/\.ipynb$/i, '') || name, state, sources });
}
