import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadNotebook } from '@/server/schemas/notebook/from-file';
import type { NotebookFile } from '@/server/schemas/notebook/nbformat';
import { toHtml } from '../html/to-html';
import { newCellId } from '../new-cell-id';
import { Refusal, readFile } from './read-file';

export type Task = { kind: 'read'; text: string } | { kind: 'html'; file: NotebookFile; title: string };
export type Reply = { read: ReadNotebook } | { html: string } | { refused: string };

const PLOTLY = 'node_modules/plotly.js-strict-dist-min/plotly-strict.min.js';

/** Reads one notebook file, or writes one as a page, and ends. */
function answer(task: Task): Reply {
  try {
    if (task.kind === 'read') return { read: readFile(task.text, newCellId) };
    return { html: toHtml(task.file, { title: task.title, readPlotly: () => readFileSync(resolve(PLOTLY), 'utf8') }) };
  } catch (err) {
    if (err instanceof Refusal) return { refused: err.message };
    throw err;
  }
}

parentPort?.postMessage(answer(workerData as Task));
