import { KernelError } from '../../core/errors';
import type { KernelContext } from '../../core/kernel';
import type { CheckpointStoreState } from './checkpoint-store';
import { readCheckpoint, writeCheckpoint } from './checkpoint-store';

const SECONDS_BETWEEN_SAVES = 20;

/** Thrown when a run was stopped by its signal, after its checkpoint was written. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** The state from which a stopped run goes on: the last input density, and the points already diagonalised. */
export interface Checkpoint {
  /** n_s(G) of the run that was stopped, if it is there and of so many plane waves; handed out once. */
  takeDensity(planeWaves: number): Float64Array[] | null;
  /** Where the relaxation stood that was stopped; null at a first start. */
  readonly relaxation: unknown;
  readonly points: ReadonlyMap<number, number[]>;
  keepDensity(density: Float64Array[]): Promise<void>;
  /** Written at once: a geometry costs more than a file. */
  keepRelaxation(state: unknown): Promise<void>;
  keepPoint(index: number, eigenvalues: number[]): Promise<void>;
  /** The work's result; or, when the signal comes first, StoppedError once the checkpoint is written. */
  orAborted<T>(work: Promise<T>): Promise<T>;
  clear(): Promise<void>;
}

export async function createCheckpoint({ checkpoint, signal }: KernelContext, inputHash: string): Promise<Checkpoint> {
  const found = await readCheckpoint(checkpoint, inputHash);
  const state: CheckpointStoreState = {
    inputHash,
    density: found?.density ?? null,
    relaxation: found?.relaxation ?? null,
    points: found?.points ?? new Map(),
  };
  let stopped = state.density;
  let lastSave = performance.now();
  let writing: Promise<void> = Promise.resolve();
  const save = () => {
    lastSave = performance.now();
    writing = writing.then(() => writeCheckpoint(checkpoint, state));
    return writing;
  };
  const saveNowAndThen = async () => {
    if (performance.now() - lastSave > 1000 * SECONDS_BETWEEN_SAVES) await save();
  };
  return {
    relaxation: state.relaxation,
    points: found?.points ?? new Map(),
    takeDensity(planeWaves) {
      const density = stopped;
      stopped = null;
      return density?.every((channel) => channel.length === 2 * planeWaves) ? density : null;
    },
    keepRelaxation(relaxation) {
      state.relaxation = relaxation;
      return save();
    },
    keepDensity(density) {
      state.density = density;
      return saveNowAndThen();
    },
    keepPoint(index, eigenvalues) {
      state.points.set(index, eigenvalues);
      return saveNowAndThen();
    },
    async orAborted(work) {
      if (!signal) return work;
      let onAbort = () => {};
      const aborted = new Promise<never>((_, reject) => {
        onAbort = () => {
          save().then(
            () => reject(new StoppedError('The run was stopped; its checkpoint is written.')),
            (cause) =>
              reject(
                new KernelError(
                  'checkpoint-unwritten',
                  `The run was stopped and its checkpoint could not be written: ${cause}.`,
                ),
              ),
          );
        };
        signal.addEventListener('abort', onAbort);
      });
      // The work goes on in the background until it sees the signal: its own end no longer matters then.
      work.catch(() => {});
      try {
        if (signal.aborted) onAbort();
        return await Promise.race([aborted, work]);
      } catch (error) {
        if (signal.aborted && !(error instanceof StoppedError)) return await aborted;
        throw error;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    async clear() {
      await writing;
      await checkpoint?.remove();
    },
  };
}
