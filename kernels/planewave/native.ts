import { availableParallelism, totalmem } from 'node:os';
import { createLocalPool, type WorkerService } from '../core/pool';
import { readMoyoWasm } from '../crystal/native';
import { loadSymmetry } from '../crystal/symmetry';
import type { Backend, BackendId } from './backends/backend';
import { openBackend } from './backends/open.native';
import { systemAvailable } from './backends/system.native';
import type { PlanewaveHost } from './host';
import { createOrbitalService } from './parallel/orbital-service';
import { createSharedPool, serveAsThread as serve, startThreads } from './parallel/threads.native';
import { measure, type Profile } from './profile';

export interface NodeHostOptions {
  /** Threads that the run will want, so that they start while this one reads and checks: `close` must follow. Else they start when they are asked for. */
  threads?: number | undefined;
  /** Hears at the end what each computing thread has spent. */
  onThreadProfiles?: (profiles: Profile[]) => void;
}

export interface NodeHost extends PlanewaveHost {
  /** Ends threads that were started early, also where the run never came to ask for them. */
  close(): Promise<void>;
}

/** The engine's host under Node: files, threads and native libraries. */
export function createNodeHost({ threads, onThreadProfiles = () => {} }: NodeHostOptions = {}): NodeHost {
  const file = threadFile();
  const early = file && threads && threads > 1 ? startThreads(threads - 1, file) : null;
  return {
    defaultBackend: async () => ((await systemAvailable()) ? 'system' : 'wasm'),
    openBackend: (id) => measure('start-up', () => openBackend(id)),
    loadSymmetry: () => measure('start-up', async () => void (await loadSymmetry(readMoyoWasm()))),
    openPool: async (count) => {
      if (count === 1 || !file) return createLocalPool(patientService());
      return createSharedPool(patientService(), early ?? startThreads(count - 1, file), count - 1, onThreadProfiles);
    },
    close: async () => early?.terminate(),
    defaultThreads: availableParallelism(),
    memoryBytes: 0.9 * totalmem(),
  };
}

/** The orbital service for the thread that also hears signals: between the steps of the eigensolver it looks whether there are any. */
function patientService(): WorkerService {
  return localService(async (id) => {
    const backend = await openBackend(id);
    return {
      ...backend,
      eigh: async (n, A) => {
        await new Promise(setImmediate);
        return backend.eigh(n, A);
      },
    };
  });
}

function localService(open: (id: BackendId) => Promise<Backend>): WorkerService {
  return createOrbitalService(open) as unknown as WorkerService;
}

/** Answers calls if this is one of our threads. Returns whether it is. */
export function serveAsThread(): boolean {
  return serve(() => localService(openBackend));
}

/** Only the built single file can be started in a thread; run from its sources (in tests) the engine keeps to one. */
function threadFile(): URL | null {
  return import.meta.url.endsWith('.mjs') ? new URL(import.meta.url) : null;
}
