import { resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { AppError } from '@/server/errors';
import type { Reply, Request, StructureTasks } from './entry';

const DEADLINE_MS = 2_000;
const START_MAX_MS = 15_000;
const MEMORY_MB = 512;
/** Requests that wait for the thread; beyond it the platform says that it is busy. */
const WAITING_MAX = 100;

interface Thread {
  worker: Worker;
  ready: Promise<void>;
}

/** What may take many seconds has a thread of its own: nobody's file waits for it. */
const slow: ReadonlySet<keyof StructureTasks> = new Set(['moleculeOf']);

const store = globalThis as unknown as { brineStructureThread?: StructureThread; brineSlowThread?: StructureThread };

/**
 * Reads, analyses and writes structures in a thread of its own, with a deadline and a memory limit: whatever a file holds,
 * the event loop of the web does not wait for it, and what runs away is ended with its thread.
 */
export function inThread<Name extends keyof StructureTasks>(
  task: Name,
  input: Parameters<StructureTasks[Name]>[0],
  deadlineMs = DEADLINE_MS,
): Promise<Awaited<ReturnType<StructureTasks[Name]>>> {
  store.brineStructureThread ??= new StructureThread();
  store.brineSlowThread ??= new StructureThread();
  const thread = slow.has(task) ? store.brineSlowThread : store.brineStructureThread;
  return thread.perform(task, input, deadlineMs) as Promise<Awaited<ReturnType<StructureTasks[Name]>>>;
}

class StructureThread {
  private thread: Thread | null = null;
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private count = 0;

  /** One at a time, in order. */
  perform(task: keyof StructureTasks, input: unknown, deadlineMs: number): Promise<unknown> {
    if (this.waiting >= WAITING_MAX)
      return Promise.reject(
        new AppError('too-many-requests', 'the structure thread has a full queue', {
          userMessage: 'Many structures are being read at this moment. Try again in a few seconds.',
        }),
      );
    this.waiting += 1;
    const turn = this.tail.then(() => this.ask(task, input, deadlineMs));
    this.tail = turn.catch(() => undefined).finally(() => (this.waiting -= 1));
    return turn;
  }

  private async ask(task: keyof StructureTasks, input: unknown, deadlineMs: number): Promise<unknown> {
    this.thread ??= start();
    const { worker, ready } = this.thread;
    try {
      await ready;
      return await exchange(worker, { id: ++this.count, task, input }, deadlineMs);
    } catch (err) {
      if (err instanceof AppError && err.code === 'bad-structure' && !err.details['endsThread']) throw err;
      this.thread = null;
      await worker.terminate();
      throw err;
    }
  }
}

function start(): Thread {
  // Taken at run time, for the bundler of the web would take the file for one of its own workers.
  const threads = process.getBuiltinModule('node:worker_threads');
  const worker = new threads.Worker(resolve('dist/structure-thread.mjs'), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  worker.unref();
  const ready = waitFor(worker, 0, START_MAX_MS).then(
    () => undefined,
    (err) => {
      throw new AppError('unavailable', 'the structure thread does not start', {
        userMessage: 'The part of the platform that reads structures could not start. The log on the server says more.',
        cause: err,
      });
    },
  );
  return { worker, ready };
}

function exchange(worker: Worker, request: Request, deadlineMs: number): Promise<unknown> {
  const answer = waitFor(worker, request.id, deadlineMs);
  worker.postMessage(request);
  return answer;
}

function waitFor(worker: Worker, id: number, deadlineMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (reply: Reply) => {
      if (reply.id !== id) return;
      settle(() => ('fault' in reply ? reject(toError(reply.fault)) : resolve(reply.value)));
    };
    const onError = (err: Error) => settle(() => reject(overrun(err.message)));
    const onExit = () => settle(() => reject(overrun('the thread ended')));
    const timer = setTimeout(() => settle(() => reject(overrun(`no answer in ${deadlineMs} ms`))), deadlineMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

/** What the kernel foresaw is the file's fault; anything else is ours. */
function toError({ code, message, numbers }: Extract<Reply, { fault: unknown }>['fault']): AppError {
  if (code === null) return new AppError('internal', message, { userMessage: unforeseen });
  return new AppError('bad-structure', message, { details: { code, numbers } });
}

const unforeseen = 'This file brought the reader into a state that it did not foresee. Please report it with the file.';

const overrun = (why: string) =>
  new AppError('bad-structure', `structure thread: ${why}`, {
    userMessage:
      'This took more than 2 s or more memory than is allowed: the structure or its mesh is too large for the platform.',
    details: { code: 'too-costly', endsThread: true },
  });
