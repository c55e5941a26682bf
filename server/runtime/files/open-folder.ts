import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '@/server/env';
import { AppError, notFound } from '@/server/errors';

/** A folder that is held open: what is named in it is looked for in it alone, whatever becomes of the path that led there. */
export class Folder {
  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
  ) {}

  static async open(path: string): Promise<Folder> {
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
    return new Folder(await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), path);
  }

  /** Linux leads from an open folder to what is in it, as openat does. Elsewhere the path has to do. */
  at(name: string): string {
    return process.platform === 'linux' ? `/proc/self/fd/${this.handle.fd}/${name}` : join(this.path, name);
  }

  /** The folder itself, to be listed. */
  get self(): string {
    return this.at('.');
  }

  /** A folder in it; never through a link. */
  async enter(name: string): Promise<Folder> {
    return Folder.open(this.at(name)).catch((err: NodeJS.ErrnoException) => {
      if (err.code === 'ENOENT') throw notFoundHere();
      if (err.code === 'ENOTDIR' || err.code === 'ELOOP') throw noFolder();
      throw err;
    });
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Does something with a folder of a notebook, which is made where it is the notebook's own and nothing has run yet. */
export async function inFolder<Value>(
  notebookId: string,
  names: readonly string[],
  act: (folder: Folder) => Promise<Value>,
): Promise<Value> {
  const root = join(env().notebookFolder, notebookId);
  await mkdir(root, { recursive: true, mode: 0o700 });
  let folder = await Folder.open(root);
  try {
    for (const name of names) {
      const next = await folder.enter(name);
      await folder.close();
      folder = next;
    }
    return await act(folder);
  } finally {
    await folder.close();
  }
}

/** Opens a plain file to be read: no link, and nothing that would make the reader wait. */
export async function openFile(folder: Folder, name: string): Promise<FileHandle> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const kind = await lstat(folder.at(name)).catch(whenMissing);
  if (!kind.isFile()) throw noFile();
  const file = await open(folder.at(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(whenMissing);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw noFile();
}

export const whenMissing = (err: NodeJS.ErrnoException): never => {
  if (err.code === 'ENOENT') throw notFoundHere();
  if (err.code === 'ELOOP') throw noFile();
  throw err;
};

export const notFoundHere = () => notFound('The file or folder');
const noFile = () =>
  new AppError('bad-input', 'no plain file', {
    userMessage: 'This is no plain file: folders, links and devices are not opened.',
  });
const noFolder = () =>
  new AppError('bad-input', 'no folder', { userMessage: 'This is no folder, or a link, which is never followed.' });
