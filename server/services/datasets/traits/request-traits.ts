import type { Dataset } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { enqueue } from '../../calculations/enqueue';

/** The name of the workflow that describes entries; the worker's. Its argument is the dataset's id and its revision. */
export const DATASET_TRAITS = 'dataset-traits';

/** How many of a dataset's entries are described; where some are not, a worker is asked to, once for each revision. */
export async function traitsProgress({
  id,
  revision,
  entryCount,
  state,
}: Pick<Dataset, 'id' | 'revision' | 'entryCount' | 'state'>): Promise<{ done: number; total: number }> {
  const done = Math.min(entryCount, await db().entryTraits.count({ where: { datasetId: id } }));
  if (done < entryCount && state !== 'importing') await request(`${id} ${revision}`);
  return { done, total: entryCount };
}

const requested = new Set<string>();

async function request(key: string): Promise<void> {
  if (requested.has(key)) return;
  requested.add(key);
  try {
    await db().$transaction((tx) => enqueue(tx, key, 'low', DATASET_TRAITS));
  } catch (err) {
    requested.delete(key);
    // Where no worker has made the queue yet, the next question asks again.
    if (!(err instanceof AppError)) throw err;
  }
}
