import type { z } from 'zod';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import { deleteVersions } from '@/server/runtime/store/versions';
import type { restoreVersionSchema, saveVersionSchema } from '@/server/schemas/notebook/versions';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';
import { askRuntimes } from './runtimes';

/** Gives what the notebook is now a name. */
export async function saveVersion(
  actor: Actor,
  { id, name }: z.infer<typeof saveVersionSchema>,
): Promise<{ id: string }> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return askRuntimes('POST', `/notebooks/${id}/versions`, { name, userId: actor.userId });
}

/** Makes the notebook what it was in a version, in every page that has it open. `before`: the version of what stood there. */
export async function restoreVersion(
  actor: Actor,
  { id, versionId }: z.infer<typeof restoreVersionSchema>,
): Promise<{ before: string }> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return askRuntimes('POST', `/notebooks/${id}/restore`, { versionId, userId: actor.userId });
}

/** Deletes a version; the notebook and its other versions stay. */
export async function removeVersion(
  actor: Actor,
  { id, versionId }: z.infer<typeof restoreVersionSchema>,
): Promise<{ id: string }> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  if ((await db().notebookVersion.count({ where: { notebookId: id, id: versionId } })) === 0)
    throw notFound('The version');
  await db().$transaction((tx) => deleteVersions(tx, id, [versionId]));
  return { id: versionId };
}
