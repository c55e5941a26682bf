import { resolve } from 'node:path';
import { AppError } from '@/server/errors';
import type { ReadNotebook } from '@/server/schemas/notebook/from-file';
import { Turns } from '@/server/turns';
import type { Reply } from './entry';

const DEADLINE_MS = 10_000;
const MEMORY_MB = 256;

/** Two at a time: together they stay within half a gigabyte. */
const turns = new Turns(2);

/** Reads a notebook file in a thread of its own, with a deadline and a memory limit: whatever it holds, the event loop of the web does not wait for it. */
export const readInThread = (text: string, deadlineMs = DEADLINE_MS): Promise<ReadNotebook> =>
  turns.take(() => read(text, deadlineMs));

async function read(text: string, deadlineMs: number): Promise<ReadNotebook> {
  // Taken at run time, for the bundler of the web would take the file for one of its own workers.
  const threads = process.getBuiltinModule('node:worker_threads');
  const worker = new threads.Worker(resolve('dist/notebook-thread.mjs'), {
    workerData: { text },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const reply = await new Promise<Reply>((done, fail) => {
      timer = setTimeout(() => fail(tooCostly(`no answer in ${deadlineMs} ms`)), deadlineMs);
      worker.once('message', done);
      worker.once('error', (err) => fail(tooCostly(err.message)));
      worker.once('exit', () => fail(tooCostly('the thread ended')));
    });
    if ('read' in reply) return reply.read;
    throw new AppError('unsupported-format', 'no notebook', { userMessage: reply.refused });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const tooCostly = (why: string) =>
  new AppError('too-large', `notebook thread: ${why}`, {
    userMessage:
      'Reading this file takes more time or memory than is allowed. Clear its outputs in Jupyter, or split it, and bring it again.',
  });
