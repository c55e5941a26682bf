import { lstat, opendir } from 'node:fs/promises';
import { env } from '@/server/env';
import type { FileEntry, FolderListing } from '@/server/schemas/notebook/files';
import { type Folder, inFolder } from './open-folder';
import { namesOf } from './path';

/** Of a folder so many are told, and so many looked at. */
const ENTRIES_MAX = 2_000;
const COUNTED_MAX = 100_000;
const DEPTH_MAX = 50;

/** What is in a folder of a notebook, and how much all of it takes. */
export async function listFolder(notebookId: string, path: string): Promise<FolderListing> {
  return inFolder(notebookId, namesOf(path), async (folder) => {
    const names: string[] = [];
    let leftOut = 0;
    for await (const { name } of await opendir(folder.self))
      if (names.length < ENTRIES_MAX) names.push(name);
      else if (++leftOut > COUNTED_MAX) break;
    const entries = (await Promise.all(names.map((name) => entryOf(folder, name)))).filter((entry) => entry !== null);
    const rank = ({ kind }: FileEntry) => (kind === 'folder' ? 0 : 1);
    entries.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }));
    const { bytes, isWhole } = await measure(notebookId);
    return { entries, leftOut, usedBytes: bytes, isUsedWhole: isWhole, allowedBytes: env().notebookFilesBytes };
  });
}

/** null: it is gone meanwhile. */
async function entryOf(folder: Folder, name: string): Promise<FileEntry | null> {
  const stat = await lstat(folder.at(name)).catch(() => null);
  if (!stat) return null;
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  return { name, kind, bytes: kind === 'file' ? stat.size : 0, changedAt: stat.mtime.toISOString() };
}

/** The bytes of all plain files of a notebook; of so many at most that it takes no more than a moment. */
export async function measure(notebookId: string): Promise<{ bytes: number; isWhole: boolean }> {
  let [bytes, count] = [0, 0];
  const add = async (folder: Folder, depth: number): Promise<void> => {
    for await (const { name } of await opendir(folder.self)) {
      if (++count > COUNTED_MAX || depth > DEPTH_MAX) return;
      const stat = await lstat(folder.at(name)).catch(() => null);
      if (stat?.isFile()) bytes += stat.size;
      else if (stat?.isDirectory()) {
        const inner = await folder.enter(name).catch(() => null);
        if (inner) await add(inner, depth + 1).finally(() => inner.close());
      }
    }
  };
  await inFolder(notebookId, [], (folder) => add(folder, 0));
  return { bytes, isWhole: count <= COUNTED_MAX };
}
