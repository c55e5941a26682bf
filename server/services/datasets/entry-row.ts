import type { Dataset, Entry } from '@/generated/prisma/client';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import { requireDataset } from './dataset-row';

export interface LoadedRow {
  dataset: Dataset;
  entry: Entry;
  /** Null for what came without a structure, as a row of an index. */
  structure: Structure | null;
}

export type LoadedEntry = LoadedRow & { structure: Structure };

/** An entry; 404 where the project may not see the dataset or it has no such entry. */
export async function loadRow(
  scope: { projectId: string },
  { slug, key }: { slug: string; key: string },
): Promise<LoadedRow> {
  const dataset = await requireDataset(scope, { slug });
  const row = await db().entry.findUnique({
    where: { datasetId_key: { datasetId: dataset.id, key } },
    include: { structure: true },
  });
  if (!row) throw notFound('The entry');
  const { structure, ...entry } = row;
  const attributes = (structure?.attributes ?? {}) as Record<string, unknown>;
  return { dataset, entry, structure: attributes.cartesian_site_positions ? fromOptimade(attributes) : null };
}

/** An entry with its structure. Throws `blocked` where it has none. */
export async function loadEntry(
  scope: { projectId: string },
  asked: { slug: string; key: string },
): Promise<LoadedEntry> {
  const { structure, ...rest } = await loadRow(scope, asked);
  if (!structure)
    throw new AppError('blocked', 'the entry has no structure', {
      userMessage: 'This database gives no structure for this material, only its values.',
    });
  return { ...rest, structure };
}
