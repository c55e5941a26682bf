import type { NumericArray } from '@/kernels/core/arrays';
import type { ArrayStore, CheckpointStore } from '@/kernels/core/kernel';
import { decodeNpy, encodeNpy } from '@/kernels/core/npy';

/** Folders of arrays in memory, as a browser tab would keep them; arrays pass through their file format. */
export function createMemoryStores() {
  const folders = new Map<string, Map<string, Uint8Array>>();
  const open = (folder: string): ArrayStore => {
    const files = folders.get(folder) ?? new Map<string, Uint8Array>();
    folders.set(folder, files);
    return {
      write: async (name: string, array: NumericArray) => void files.set(name, encodeNpy(array)),
      read: async (name) => decodeNpy(files.get(name)!),
      writeJson: async (name, value) => void files.set(name, new TextEncoder().encode(JSON.stringify(value))),
      readJson: async (name) => JSON.parse(new TextDecoder().decode(files.get(name))) as unknown,
      writeText: async (name, pieces) => void files.set(name, new TextEncoder().encode([...pieces].join(''))),
      has: async (name) => files.has(name),
    };
  };
  const checkpoint: CheckpointStore = {
    load: async () => open('checkpoint'),
    save: async (write) => {
      folders.delete('checkpoint');
      await write(open('checkpoint'));
    },
    remove: async () => void folders.delete('checkpoint'),
  };
  return { open, checkpoint, folders };
}
