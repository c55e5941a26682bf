import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KernelError } from './errors';
import type { ArrayStore, CheckpointStore } from './kernel';
import { decodeNpy, encodeNpy } from './npy';

/** A folder of `.npy` and `.json` files. Each file is written aside, flushed and renamed, so that a reader never meets half of one. */
export function createFileArrays(folder: string): ArrayStore {
  const place = (name: string) => {
    if (!/^[\w.-]+$/.test(name) || name.startsWith('.'))
      throw new KernelError('array-name', `"${name}" is not a file name.`, { name });
    return join(folder, name);
  };
  const write = async (name: string, pieces: Iterable<Uint8Array | string>) => {
    await mkdir(folder, { recursive: true });
    const path = place(name);
    const file = await open(`${path}.part`, 'w');
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
  };
  return {
    write: (name, array) => write(name, [encodeNpy(array)]),
    writeJson: (name, value) => write(name, [JSON.stringify(value)]),
    writeText: write,
    read: async (name) => decodeNpy(await readFile(place(name))),
    readJson: async (name) => JSON.parse(await readFile(place(name), 'utf8')) as unknown,
    has: (name) =>
      stat(place(name)).then(
        () => true,
        () => false,
      ),
  };
}

/** Checkpoints in a folder: the new one is written beside the old and takes its place when it is whole. */
export function createFileCheckpoint(folder: string): CheckpointStore {
  return {
    load: async () => createFileArrays(folder),
    async save(write) {
      const next = `${folder}.next`;
      await rm(next, { recursive: true, force: true });
      await write(createFileArrays(next));
      await rm(folder, { recursive: true, force: true });
      await rename(next, folder);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
