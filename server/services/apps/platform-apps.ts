import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asJson, db } from '@/server/db/client';
import { derivedId } from '@/server/db/uuid';
import { appWordsSchema } from '@/server/schemas/app/apps';
import { notebookFileSchema } from '@/server/schemas/notebook/nbformat';
import { hashOf } from './notebook-text';

const FOLDER = 'examples/notebooks';

/** The examples that say of themselves that they are apps (`brine.app` in their metadata) become the platform's, as they are now. */
export async function ensurePlatformApps(folder = FOLDER): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ipynb'));
  for (const fileName of names) {
    const file = notebookFileSchema.parse(JSON.parse(await readFile(join(folder, fileName), 'utf8')));
    const declared = (file.metadata['brine'] as { app?: unknown } | undefined)?.app;
    if (declared === undefined) continue;
    const { name, ...words } = appWordsSchema.parse(declared);
    const id = derivedId('app', name);
    const fileHash = hashOf(file);
    const before = await db().app.findUnique({ where: { id }, omit: { file: true } });
    const isNew = before?.fileHash !== fileHash;
    await db().app.upsert({
      where: { id },
      create: { id, name, ...words, file: asJson(file), fileHash },
      update: {
        ...words,
        ...(isNew ? { file: asJson(file), fileHash, version: { increment: 1 }, publishedAt: new Date() } : {}),
      },
    });
  }
}
