import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import { Turns } from '@/server/turns';
import { split } from './change-files';
import { measure } from './list-folder';
import { type Folder, inFolder, openFile } from './open-folder';
import { namesOf, newNamesOf } from './path';

export interface OpenFile {
  bytes: number;
  /** Another one where the file has changed since. */
  mark: string;
  stream: Readable;
}

/** The bytes of a plain file, as many as it had when it was opened. */
export async function readFileBytes(notebookId: string, path: string): Promise<OpenFile> {
  const { parents, name } = split(namesOf(path));
  return inFolder(notebookId, parents, async (folder) => {
    const file = await openFile(folder, name ?? '.');
    const { size } = await file.stat();
    const mark = await markOf(file);
    if (size > 0) return { bytes: size, mark, stream: file.createReadStream({ end: size - 1 }) };
    const stream = file.createReadStream();
    return { bytes: 0, mark, stream };
  });
}

async function markOf(file: FileHandle): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  return [ino, size, mtimeNs, ctimeNs].map((n) => n.toString(36)).join('-');
}

/** One upload of a notebook at a time, so that together they stay within what is allowed. */
const turns = new Map<string, Turns>();

interface Write {
  notebookId: string;
  path: string;
  bytes: AsyncIterable<Uint8Array>;
  /** What the file must be still, so that nobody's change is overwritten; null: whatever it is; `new`: there is none. */
  mark: string | null;
}

/** Writes a file whole or not at all. What a notebook may have bounds it; a link or a folder is never written to. Gives its new mark. */
export async function writeFileBytes(write: Write): Promise<{ bytes: number; mark: string }> {
  const { notebookId, path } = write;
  const { parents, name } = split(newNamesOf(path));
  const turn = turns.get(notebookId) ?? new Turns(1);
  turns.set(notebookId, turn);
  return turn.take(() => inFolder(notebookId, parents, (folder) => put(folder, name, write)));
}

async function put(folder: Folder, name: string, { notebookId, bytes, mark }: Write) {
  await check(folder, name, mark);
  const allowed = env().notebookFilesBytes - (await measure(notebookId)).bytes + ((await sizeOf(folder, name)) ?? 0);
  const temporary = folder.at(`.brine-${randomUUID()}`);
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  let size = 0;
  try {
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      if (size > allowed) throw tooMuch();
      await file.writeFile(chunk);
    }
    await file.sync();
    await check(folder, name, mark);
    await rename(temporary, folder.at(name));
    return { bytes: size, mark: await markOf(file) };
  } catch (err) {
    await unlink(temporary).catch(() => undefined);
    throw err;
  } finally {
    await file.close();
  }
}

const sizeOf = async (folder: Folder, name: string) => (await lstat(folder.at(name)).catch(() => null))?.size ?? null;

async function check(folder: Folder, name: string, mark: string | null): Promise<void> {
  const there = await lstat(folder.at(name)).catch(() => null);
  if (there && !there.isFile())
    throw new AppError('conflict', 'no plain file', {
      userMessage: `There is a folder or a link called ${JSON.stringify(name)} already. Choose another name.`,
    });
  if (mark === null) return;
  if (mark === 'new' && !there) return;
  const file = there && mark !== 'new' ? await openFile(folder, name) : null;
  try {
    if (file && (await markOf(file)) === mark) return;
  } finally {
    await file?.close();
  }
  throw new AppError('conflict', 'the file has changed', {
    userMessage:
      mark === 'new'
        ? `There is a file called ${JSON.stringify(name)} already.`
        : 'The file was changed meanwhile, by a cell or on another page. Copy what you wrote, open the file anew, and put it in there.',
  });
}

const tooMuch = () =>
  new AppError('too-large', 'beyond what a notebook may have', {
    userMessage: `With this the files of the notebook would take more than the ${Math.round(env().notebookFilesBytes / 1e6)} MB that are allowed. Nothing was written. Delete some, or have the limit raised (BRINE_NOTEBOOK_FILES_MB).`,
  });
