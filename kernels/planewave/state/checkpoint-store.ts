import { z } from 'zod';
import type { CheckpointStore } from '../../core/kernel';
import { joinChannels } from './saved-state';

export interface CheckpointStoreState {
  inputHash: string;
  /** n_s(G) by spin channel. */
  density: Float64Array[] | null;
  relaxation: unknown;
  points: Map<number, number[]>;
}

const headSchema = z.object({
  version: z.literal(2),
  inputHash: z.string(),
  spinChannels: z.number(),
  hasDensity: z.boolean(),
  relaxation: z.unknown(),
  points: z.array(z.tuple([z.number(), z.array(z.number())])),
});

/** Null when there is none, or when it is of another input. */
export async function readCheckpoint(
  store: CheckpointStore | undefined,
  inputHash: string,
): Promise<CheckpointStoreState | null> {
  const arrays = await store?.load();
  if (!arrays || !(await arrays.has('checkpoint.json'))) return null;
  const head = headSchema.safeParse(await arrays.readJson('checkpoint.json'));
  if (!head.success || head.data.inputHash !== inputHash) return null;
  const { hasDensity, spinChannels, relaxation = null, points } = head.data;
  const values = hasDensity ? ((await arrays.read('density.npy')).data as Float64Array) : null;
  const size = values ? values.length / spinChannels : 0;
  const density = values && Array.from({ length: spinChannels }, (_, s) => values.slice(s * size, (s + 1) * size));
  return { inputHash, density, relaxation, points: new Map(points) };
}

export async function writeCheckpoint(store: CheckpointStore | undefined, state: CheckpointStoreState): Promise<void> {
  await store?.save(async (arrays) => {
    if (state.density) {
      const data = joinChannels(state.density);
      const shape = [state.density.length, data.length / (2 * state.density.length)];
      await arrays.write('density.npy', { dtype: 'c16', shape, data });
    }
    await arrays.writeJson('checkpoint.json', {
      version: 2,
      inputHash: state.inputHash,
      spinChannels: state.density?.length ?? 1,
      hasDensity: state.density !== null,
      relaxation: state.relaxation,
      points: [...state.points],
    });
  });
}
