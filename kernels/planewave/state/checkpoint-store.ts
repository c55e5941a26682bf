import { z } from 'zod';
import type { CheckpointStore } from '../../core/kernel';

export interface CheckpointStoreState {
  inputHash: string;
  density: Float64Array | null;
  points: Map<number, number[]>;
}

const headSchema = z.object({
  version: z.literal(1),
  inputHash: z.string(),
  hasDensity: z.boolean(),
  points: z.array(z.tuple([z.number(), z.array(z.number())])),
});

/** Null when there is none, or when it is of another input. */
export async function readCheckpoint(
  store: CheckpointStore | undefined,
  inputHash: string,
  planeWaves: number,
): Promise<CheckpointStoreState | null> {
  const arrays = await store?.load();
  if (!arrays || !(await arrays.has('checkpoint.json'))) return null;
  const head = headSchema.safeParse(await arrays.readJson('checkpoint.json'));
  if (!head.success || head.data.inputHash !== inputHash) return null;
  const density = head.data.hasDensity ? ((await arrays.read('density.npy')).data as Float64Array) : null;
  if (density && density.length !== 2 * planeWaves) return null;
  return { inputHash, density, points: new Map(head.data.points) };
}

export async function writeCheckpoint(store: CheckpointStore | undefined, state: CheckpointStoreState): Promise<void> {
  await store?.save(async (arrays) => {
    if (state.density)
      await arrays.write('density.npy', { dtype: 'c16', shape: [state.density.length / 2], data: state.density });
    await arrays.writeJson('checkpoint.json', {
      version: 1,
      inputHash: state.inputHash,
      hasDensity: state.density !== null,
      points: [...state.points],
    });
  });
}
