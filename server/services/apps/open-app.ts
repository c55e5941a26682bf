import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import type { AppVisit } from '@/server/schemas/app/apps';
import { fromFile } from '@/server/schemas/notebook/from-file';
import { encodeDocument } from '@/server/schemas/notebook/text';
import type { Actor } from '../actor';
import { storeNotebook } from '../notebooks/create-notebook';
import { newCellId } from '../notebooks/new-cell-id';
import { toSummary } from '../notebooks/notebook-row';
import { askRuntimes } from '../notebooks/runtimes';
import { projectScope } from '../scope';
import { fileOf, requireApp } from './app-row';
import { requireVisit } from './visit-row';

/** Of a project at a time: each may hold a runtime. */
export const VISITS_MAX = 12;

/** Opens an app: a copy of its notebook that is the visitor's alone, with a runtime as soon as its cells run. */
export async function openApp(actor: Actor, { name }: { name: string }): Promise<AppVisit> {
  const scope = await projectScope(actor, 'compute');
  const row = await requireApp(scope, name);
  const read = fromFile(fileOf(row), newCellId);
  const { id } = await storeNotebook(actor, scope, { name: row.title, ...read }, async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`visits ${scope.projectId}`}, 0))::text`;
    const open = await tx.notebook.count({ where: { ...scope, visitOfId: { not: null } } });
    if (open >= VISITS_MAX) throw full();
    return { visitOfId: row.id, visitVersion: row.version };
  });
  return getVisit(actor, { id });
}

/** What a visitor has opened before. */
export async function getVisit(actor: Actor, { id }: { id: string }): Promise<AppVisit> {
  const row = await requireVisit(await projectScope(actor, 'read'), actor, id);
  const { state, doc } = await loadNotebook(db(), id);
  return { ...toSummary(row), version: row.visitVersion, state, text: encodeDocument(doc) };
}

/** The page was closed: if it does not come back soon, what it had open ends. */
export async function leaveApp(actor: Actor, { id }: { id: string }): Promise<{ id: string }> {
  await requireVisit(await projectScope(actor, 'compute'), actor, id);
  await askRuntimes('POST', `/notebooks/${id}/leave`, {});
  return { id };
}

const full = () =>
  new AppError('too-many-requests', 'all places for visits are taken', {
    userMessage: `All ${VISITS_MAX} places for opened apps of this project are taken. A place becomes free a minute after somebody closes the page of an app. Close one that you do not need, and try again.`,
  });
