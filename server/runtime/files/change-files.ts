import { lstat, mkdir, opendir, rename, rmdir, unlink } from 'node:fs/promises';
import { AppError } from '@/server/errors';
import { type Folder, inFolder, whenMissing } from './open-folder';
import { namesOf, newNamesOf } from './path';

/** A folder within a notebook's, and the name of something in it. */
export const split = (names: string[]) => ({ parents: names.slice(0, -1), name: names.at(-1)! });

export async function makeFolder(notebookId: string, path: string): Promise<void> {
  const { parents, name } = split(newNamesOf(path));
  return inFolder(notebookId, parents, async (folder) => {
    await mkdir(folder.at(name), { mode: 0o700 }).catch((err: NodeJS.ErrnoException) => {
      throw err.code === 'EEXIST' ? taken(name) : err;
    });
  });
}

/** Gives it another name or another folder. What stands there already is not replaced. */
export async function moveFile(notebookId: string, path: string, to: string): Promise<void> {
  const [from, target] = [split(namesOf(path)), split(newNamesOf(to))];
  if (from.name === undefined) throw new AppError('bad-input', 'the folder of the notebook itself stays');
  return inFolder(notebookId, from.parents, (old) =>
    inFolder(notebookId, target.parents, async (folder) => {
      await lstat(old.at(from.name)).catch(whenMissing);
      if (await lstat(folder.at(target.name)).catch(() => null)) throw taken(target.name);
      await rename(old.at(from.name), folder.at(target.name)).catch((err: NodeJS.ErrnoException) => {
        if (err.code !== 'EINVAL') throw err;
        throw new AppError('bad-input', 'into itself', { userMessage: 'A folder cannot be put into itself.' });
      });
    }),
  );
}

/** With all that is in it; of a link the link itself. */
export async function removeFile(notebookId: string, path: string): Promise<void> {
  const { parents, name } = split(namesOf(path));
  if (name === undefined) throw new AppError('bad-input', 'the folder of the notebook itself stays');
  return inFolder(notebookId, parents, (folder) => remove(folder, name));
}

async function remove(folder: Folder, name: string): Promise<void> {
  const stat = await lstat(folder.at(name)).catch(whenMissing);
  if (!stat.isDirectory()) return unlink(folder.at(name));
  const inner = await folder.enter(name);
  try {
    for await (const entry of await opendir(inner.self)) await remove(inner, entry.name);
  } finally {
    await inner.close();
  }
  await rmdir(folder.at(name));
}

const taken = (name: string) =>
  new AppError('conflict', 'the name is taken', {
    userMessage: `There is something called ${JSON.stringify(name)} already. Choose another name.`,
  });
