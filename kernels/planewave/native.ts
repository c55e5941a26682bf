import { availableParallelism, totalmem } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { KernelError } from '../core/errors';
import { createLocalPool, type WorkerPool, type WorkerService } from '../core/pool';
import { readMoyoWasm } from '../crystal/native';
import { loadSymmetry } from '../crystal/symmetry';
import { openBackend } from './backends/open.native';
import { systemAvailable } from './backends/system.native';
import type { PlanewaveHost } from './host';
import { createOrbitalService } from './parallel/orbital-service';
import { addSeconds, measure, type Profile, readProfile } from './profile';

/** What marks a thread as one of ours when the single-file kernel is started in it. */
const WORKER_MARK = 'brine-orbital-worker';

/** The engine's host under Node: files, threads and native libraries. */
export function createNodeHost(onThreadProfiles: (profiles: Profile[]) => void = () => {}): PlanewaveHost {
  return {
    defaultBackend: async () => ((await systemAvailable()) ? 'system' : 'wasm'),
    openBackend: (id) => measure('start-up', () => openBackend(id)),
    loadSymmetry: () => measure('start-up', async () => void (await loadSymmetry(readMoyoWasm()))),
    openPool: async (threads) =>
      threads > 1 && threadFile()
        ? openThreads(threads, threadFile()!, onThreadProfiles)
        : createLocalPool(localService()),
    defaultThreads: availableParallelism(),
    memoryBytes: 0.9 * totalmem(),
  };
}

function localService(): WorkerService {
  return createOrbitalService(openBackend) as unknown as WorkerService;
}

/** Only the built single file can be started in a thread; run from its sources (in tests) the engine keeps to one. */
function threadFile(): URL | null {
  return import.meta.url.endsWith('.mjs') ? new URL(import.meta.url) : null;
}

interface Request {
  id: number;
  method: string;
  payload: unknown;
}
type Reply =
  | { id: number; result: unknown }
  | { id: number; error: { code: string; message: string; numbers: KernelError['numbers'] } | string };

function openThreads(size: number, file: URL, onProfiles: (profiles: Profile[]) => void): WorkerPool {
  let nextId = 0;
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void; worker: number }>();
  const fail = (worker: number, error: Error) => {
    for (const [id, call] of open) {
      if (call.worker !== worker) continue;
      open.delete(id);
      call.reject(error);
    }
  };
  const workers = Array.from({ length: size }, (_, index) => {
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
  const call = <Result>(worker: number, method: string, payload: unknown) =>
    new Promise<Result>((resolve, reject) => {
      const id = nextId++;
      open.set(id, { resolve: resolve as (value: unknown) => void, reject, worker });
      workers[worker]!.postMessage({ id, method, payload } satisfies Request);
    });
  return {
    size,
    call,
    async close() {
      // Where a thread has failed there is nothing to tell.
      await Promise.all(workers.map((_, worker) => call<Profile>(worker, 'profile', {}))).then(onProfiles, () => {});
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Answers calls if this is one of our threads. Returns whether it is. */
export function serveAsThread(): boolean {
  if (isMainThread || workerData !== WORKER_MARK || !parentPort) return false;
  const port = parentPort;
  addSeconds('start-up', performance.now() / 1000);
  const service: WorkerService = { ...localService(), profile: async () => readProfile() };
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
