import { fromFile } from '@/server/schemas/notebook/from-file';
import type { NotebookSummary } from '@/server/schemas/notebook/notebooks';
import type { Actor } from '../actor';
import { storeNotebook } from '../notebooks/create-notebook';
import { newCellId } from '../notebooks/new-cell-id';
import { projectScope } from '../scope';
import { fileOf, requireApp } from './app-row';

/** The notebook of an app as one of the visitor's own. */
export async function copyApp(actor: Actor, { name }: { name: string }): Promise<NotebookSummary> {
  const scope = await projectScope(actor, 'write');
  const row = await requireApp(scope, name);
  return storeNotebook(actor, scope, { name: row.title, ...fromFile(fileOf(row), newCellId) });
}
