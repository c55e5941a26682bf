import { resolve } from 'node:path';
import { AppError } from '@/server/errors';
import type { ReadNotebook } from '@/server/schemas/notebook/from-file';
import type { NotebookFile } from '@/server/schemas/notebook/nbformat';
import { Turns } from '@/server/turns';
import type { Reply, Task } from './entry';

const DEADLINE_MS = 10_000;
const MEMORY_MB = 256;

/** Two at a time: together they stay within half a gigabyte. */
const turns = new Turns(2);

/** Reads a notebook file; throws where it is none. */
export async function readInThread(text: string, deadlineMs = DEADLINE_MS): Promise<ReadNotebook> {
  const reply = await inThread({ kind: 'read', text }, { deadlineMs, onCost: tooCostlyToRead });
  if ('read' in reply) return reply.read;
  throw new AppError('unsupported-format', 'no notebook', { userMessage: 'refused' in reply ? reply.refused : '' });
}

/** A notebook as one page of HTML. */
export async function writeHtmlInThread(file: NotebookFile, title: string): Promise<string> {
  const reply = await inThread({ kind: 'html', file, title }, { deadlineMs: DEADLINE_MS, onCost: tooCostlyToWrite });
  if ('html' in reply) return reply.html;
  throw new Error('the thread answered something else');
}

interface Limits {
  deadlineMs: number;
  onCost: (why: string) => AppError;
}

/** Does a task in a thread of its own, with a deadline and a memory limit: whatever the notebook holds, the event loop of the web does not wait for it. */
const inThread = (task: Task, limits: Limits): Promise<Reply> => turns.take(() => run(task, limits));

async function run(task: Task, { deadlineMs, onCost }: Limits): Promise<Reply> {
  // Taken at run time, for the bundler of the web would take the file for one of its own workers.
  const threads = process.getBuiltinModule('node:worker_threads');
  const worker = new threads.Worker(resolve('dist/notebook-thread.mjs'), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Reply>((done, fail) => {
      timer = setTimeout(() => fail(onCost(`no answer in ${deadlineMs} ms`)), deadlineMs);
      worker.once('message', done);
      worker.once('error', (err) => fail(onCost(err.message)));
      worker.once('exit', () => fail(onCost('the thread ended')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const tooCostlyToRead = (why: string) =>
  new AppError('too-large', `notebook thread: ${why}`, {
    userMessage:
      'Reading this file takes more time or memory than is allowed. Clear its outputs in Jupyter, or split it, and bring it again.',
  });

const tooCostlyToWrite = (why: string) =>
  new AppError('too-large', `notebook thread: ${why}`, {
    userMessage:
      'Writing this notebook as a page takes more time or memory than is allowed. Clear its largest outputs, or take the .ipynb file.',
  });
