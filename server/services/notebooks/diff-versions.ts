import type { z } from 'zod';
import { db } from '@/server/db/client';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import { packVersion, unpackVersion } from '@/server/runtime/store/version-content';
import { loadVersion } from '@/server/runtime/store/versions';
import { diffNotebooks, type NotebookDiff } from '@/server/schemas/notebook/diff-notebooks';
import { sourceOf } from '@/server/schemas/notebook/text';
import type { diffVersionsSchema, VersionContent } from '@/server/schemas/notebook/versions';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';

/** What became of a notebook from one version to another, or to now. */
export async function diffVersions(
  actor: Actor,
  { id, from, to }: z.infer<typeof diffVersionsSchema>,
): Promise<NotebookDiff> {
  await requireNotebook(await projectScope(actor, 'read'), id);
  const before = await loadVersion(db(), id, from);
  return diffNotebooks(before, to === null ? await loadPresent(id) : await loadVersion(db(), id, to));
}

async function loadPresent(id: string): Promise<VersionContent> {
  const { state, doc } = await loadNotebook(db(), id);
  const packed = packVersion(state, (cellId) => sourceOf(doc, cellId));
  return unpackVersion(packed, packed.contents);
}
