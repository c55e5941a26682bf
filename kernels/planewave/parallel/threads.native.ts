import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { KernelError } from '../../core/errors';
import type { WorkerPool, WorkerService } from '../../core/pool';
import { addSeconds, type Profile, readProfile } from '../profile';

/** What marks a thread as one of ours when the single-file kernel is started in it. */
const WORKER_MARK = 'brine-orbital-worker';

interface Request {
  id: number;
  method: string;
  payload: unknown;
}
type Reply =
  | { id: number; result: unknown }
  | { id: number; error: { code: string; message: string; numbers: KernelError['numbers'] } | string };

/** Computing threads that have been started: each runs `file`, which must call `serveAsThread`. Until they end the program does not. */
export interface Threads {
  call<Result>(thread: number, method: string, payload: unknown): Promise<Result>;
  /** Ends them; `onProfiles` hears first what each has spent, where none has failed. */
  close(onProfiles: (profiles: Profile[]) => void): Promise<void>;
  /** Ends them whatever they do. */
  terminate(): Promise<void>;
}

export function startThreads(count: number, file: URL): Threads {
  let nextId = 0;
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void; thread: number }>();
  const fail = (thread: number, error: Error) => {
    for (const [id, call] of open) {
      if (call.thread !== thread) continue;
      open.delete(id);
      call.reject(error);
    }
  };
  const workers = Array.from({ length: count }, (_, index) => {
    const worker = new Worker(file, { workerData: WORKER_MARK });
    worker.on('message', (reply: Reply) => {
      const call = open.get(reply.id);
      open.delete(reply.id);
      if ('result' in reply) call?.resolve(reply.result);
      else
        call?.reject(
          typeof reply.error === 'string'
            ? new Error(reply.error)
            : new KernelError(reply.error.code, reply.error.message, reply.error.numbers),
        );
    });
    worker.on('error', (error) => fail(index, error as Error));
    worker.on('exit', () => fail(index, new Error('A computing thread ended before its work was done.')));
    return worker;
  });
  const call = <Result>(thread: number, method: string, payload: unknown) =>
    new Promise<Result>((resolve, reject) => {
      const id = nextId++;
      open.set(id, { resolve: resolve as (value: unknown) => void, reject, thread });
      workers[thread]!.postMessage({ id, method, payload } satisfies Request);
    });
  const terminate = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  return {
    call,
    terminate,
    async close(onProfiles) {
      await Promise.all(workers.map((_, thread) => call<Profile>(thread, 'profile', {}))).then(onProfiles, () => {});
      await terminate();
    },
  };
}

/**
 * The calling thread and `threads` as one pool: the calling thread is the first worker. It would else wait while the others
 * compute, and would need memory and time for one more that starts.
 */
export function createSharedPool(
  own: WorkerService,
  threads: Threads,
  threadCount: number,
  onProfiles: (profiles: Profile[]) => void,
): WorkerPool {
  return {
    size: threadCount + 1,
    async call<Result>(worker: number, method: string, payload: unknown) {
      if (worker > 0) return threads.call<Result>(worker - 1, method, payload);
      // What the same turn asks of the others leaves before this thread is busy.
      await null;
      return (await own[method]!(payload as never)) as Result;
    },
    close: () => threads.close(onProfiles),
  };
}

/** Answers calls with this service if this is one of our threads. Returns whether it is. */
export function serveAsThread(createService: () => WorkerService): boolean {
  if (isMainThread || workerData !== WORKER_MARK || !parentPort) return false;
  const port = parentPort;
  addSeconds('start-up', performance.now() / 1000);
  const service: WorkerService = { ...createService(), profile: async () => readProfile() };
  let last: Promise<unknown> = Promise.resolve();
  port.on('message', ({ id, method, payload }: Request) => {
    last = last
      .then(() => service[method]!(payload as never))
      .then(
        (result) => port.postMessage({ id, result } satisfies Reply),
        (error) =>
          port.postMessage({
            id,
            error:
              error instanceof KernelError
                ? { code: error.code, message: error.message, numbers: error.numbers }
                : String(error?.stack ?? error),
          } satisfies Reply),
      );
  });
  return true;
}
