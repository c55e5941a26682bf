import type { z } from 'zod';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError } from '@/server/errors';
import type { AppPreview, AppSummary, publishAppSchema } from '@/server/schemas/app/apps';
import type { DeclarationFault } from '@/server/schemas/app/inputs';
import type { NotebookFile } from '@/server/schemas/notebook/nbformat';
import type { Actor } from '../actor';
import { requireNotebook } from '../notebooks/notebook-row';
import { projectScope } from '../scope';
import { declarationsOf, toSummary } from './app-row';
import { hashOf, notebookText } from './notebook-text';

const withUser = { user: { select: { name: true } } } as const;
const FILE_MAX = 15_000_000;

/** What a notebook would be as an app. */
export async function previewApp(actor: Actor, { id }: { id: string }): Promise<AppPreview> {
  await requireNotebook(await projectScope(actor, 'read'), id);
  const row = await db().app.findUnique({ where: { notebookId: id }, omit: { file: true }, include: withUser });
  const file = await notebookText(id);
  return {
    ...declarationsOf(file),
    published: row && toSummary(row, actor),
    isOutdated: row !== null && row.fileHash !== hashOf(file),
  };
}

/** Makes an app of the notebook as it is now, or puts its text of now in the place of what was published before. */
export async function publishApp(
  actor: Actor,
  { id, ...words }: z.output<typeof publishAppSchema>,
): Promise<AppSummary> {
  const scope = await projectScope(actor, 'write');
  const notebook = await requireNotebook(scope, id);
  if (notebook.userId !== actor.userId)
    throw new AppError('forbidden', 'the notebook of another', {
      userMessage: 'Only the owner of a notebook makes an app of it. Ask them, or publish a copy of your own.',
    });
  const file = await notebookText(id);
  refuseFaults(file, declarationsOf(file).faults);
  if (JSON.stringify(file).length > FILE_MAX)
    throw new AppError('too-large', 'the text of the app is too long', {
      userMessage: 'The notebook is too large for an app: take large pictures out of its texts.',
    });
  const data = {
    ...words,
    ...scope,
    userId: actor.userId,
    file: asJson(file),
    fileHash: hashOf(file),
    publishedAt: new Date(),
  };
  const row = await db()
    .app.upsert({
      where: { notebookId: id },
      create: { id: newId(), notebookId: id, ...data },
      update: { ...data, version: { increment: 1 } },
      include: withUser,
      omit: { file: true },
    })
    .catch((err: unknown) => {
      if ((err as { code?: unknown } | null)?.code !== 'P2002') throw err;
      throw new AppError('conflict', 'the name of an app is taken', {
        userMessage: `Another app has the address ${words.name}. Choose another.`,
        cause: err,
      });
    });
  return toSummary(row, actor);
}

function refuseFaults(file: NotebookFile, faults: readonly DeclarationFault[]): void {
  const [fault] = faults;
  if (!fault) return;
  const number = file.cells.findIndex((cell) => cell.id === fault.cellId) + 1;
  throw new AppError('blocked', 'an input cannot be read', {
    userMessage: `Cell ${number}, line ${fault.line}: ${fault.message}`,
  });
}
