import type { WorkerPool } from '../core/pool';
import type { BackendId } from './backends/backend';

/** What the place where the engine runs hands in: it alone knows files, threads and native libraries. */
export interface PlanewaveHost {
  /** The back end that a run gets when it names none: the fastest that is there. */
  defaultBackend(): Promise<BackendId>;
  /** Workers that answer the calls of `createOrbitalService`. */
  openPool(threads: number): Promise<WorkerPool>;
  /** One more back end for the calling thread: densities and potentials. */
  openBackend(id: BackendId): Promise<import('./backends/backend').Backend>;
  /** Makes symmetry analysis ready (loads its WebAssembly once). */
  loadSymmetry(): Promise<void>;
  defaultThreads: number;
  /** Memory that a run may take, bytes. */
  memoryBytes: number;
}
