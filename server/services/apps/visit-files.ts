import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import { FILE_MAX, INPUT_FOLDER } from '@/server/schemas/app/inputs';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireVisit } from './visit-row';

/** Of one visit. */
const FILES_MAX = 20;

const folderOf = (visitId: string) => join(env().notebookFolder, visitId, INPUT_FOLDER);

/** The files that a visitor brought, as the cells find them: `inputs/name`. */
export async function visitFiles(visitId: string): Promise<string[]> {
  const entries = await readdir(folderOf(visitId), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => `${INPUT_FOLDER}/${name}`);
}

/** Puts a visitor's file where the cells of the app find it; gives its path there. */
export async function addVisitFile(
  actor: Actor,
  { id, name, bytes }: { id: string; name: string; bytes: Uint8Array },
): Promise<{ path: string }> {
  await requireVisit(await projectScope(actor, 'compute'), actor, id);
  if (bytes.byteLength > FILE_MAX)
    throw new AppError('too-large', 'an input file is too large', {
      userMessage: `A file for an app holds at most ${FILE_MAX / 1e6} MB.`,
    });
  const path = `${INPUT_FOLDER}/${plainName(name)}`;
  const known = await visitFiles(id);
  if (known.length >= FILES_MAX && !known.includes(path))
    throw new AppError('blocked', 'too many input files', {
      userMessage: `You have brought ${FILES_MAX} files here already. Open the app anew to bring others.`,
    });
  await mkdir(folderOf(id), { recursive: true, mode: 0o700 });
  const temporary = join(folderOf(id), `.${crypto.randomUUID()}`);
  try {
    await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600 });
    await rename(temporary, join(env().notebookFolder, id, path));
  } finally {
    await rm(temporary, { force: true });
  }
  return { path };
}

/** Letters, digits, points, hyphens and spaces, beginning with a letter or a digit: no part of a path, and nothing hidden. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1)!.normalize('NFC');
  const plain = last.replace(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '');
  const ending = /\.[\w]{1,10}$/.exec(plain)?.[0] ?? '';
  const stem = plain.slice(0, plain.length - ending.length).slice(0, 100);
  return `${stem || 'file'}${ending}`;
}
