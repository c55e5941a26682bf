import type { Dataset, Entry } from '@/generated/prisma/client';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import { requireDataset } from './dataset-row';

export interface LoadedEntry {
  dataset: Dataset;
  entry: Entry;
  structure: Structure;
}

/** An entry with its structure; 404 where the project may not see the dataset or it has no such entry. */
export async function loadEntry(
  scope: { projectId: string },
  { slug, key }: { slug: string; key: string },
): Promise<LoadedEntry> {
  const dataset = await requireDataset(scope, { slug });
  const row = await db().entry.findUnique({
    where: { datasetId_key: { datasetId: dataset.id, key } },
    include: { structure: true },
  });
  if (!row?.structure) throw notFound('The entry');
  const { structure, ...entry } = row;
  return { dataset, entry, structure: fromOptimade(structure.attributes as Record<string, unknown>) };
}
