import { parentPort, workerData } from 'node:worker_threads';
import type { ReadNotebook } from '@/server/schemas/notebook/from-file';
import { newCellId } from '../new-cell-id';
import { Refusal, readFile } from './read-file';

export type Reply = { read: ReadNotebook } | { refused: string };

/** Reads one notebook file and ends. */
function answer(text: string): Reply {
  try {
    return { read: readFile(text, newCellId) };
  } catch (err) {
    if (err instanceof Refusal) return { refused: err.message };
    throw err;
  }
}

parentPort?.postMessage(answer((workerData as { text: string }).text));
