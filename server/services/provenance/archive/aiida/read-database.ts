import { resolve } from 'node:path';
import type { AppError } from '@/server/errors';
import type { AiidaRows, Reply } from './rows';

const DEADLINE_MS = 60_000;
const MEMORY_MB = 1_024;

/** The rows of an AiiDA archive's database, read in a thread of its own that ends at a deadline: SQLite would run a hostile one for ever. */
export async function readDatabase(bytes: Buffer, refuse: (why: string) => AppError): Promise<AiidaRows> {
  // Taken at run time, for the bundler of the web would take the file for one of its own workers.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(resolve('dist/aiida-thread.mjs'), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  try {
    const reply = await new Promise<Reply>((settle) => {
      const overrun = () =>
        settle({ refusal: 'its database takes more than a minute to read, or more memory than is allowed' });
      setTimeout(overrun, DEADLINE_MS).unref();
      worker.on('message', settle).on('error', overrun).on('exit', overrun);
      const copy = new Uint8Array(bytes);
      worker.postMessage(copy, [copy.buffer]);
    });
    if ('refusal' in reply) throw refuse(reply.refusal);
    return reply.rows;
  } finally {
    await worker.terminate();
  }
}
