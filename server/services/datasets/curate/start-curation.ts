import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { curateSchema } from '@/server/schemas/curation';
import type { DatasetSummary } from '@/server/schemas/datasets';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { requireDataset } from '../dataset-row';
import { createDataset } from '../start-import';

/** Has a worker make a dataset of unique crystals out of others. */
export async function startCuration(
  actor: Actor,
  { slugs, title, settings, againOf }: z.infer<typeof curateSchema>,
): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'write');
  const before = againOf === undefined ? null : await requireDataset(scope, { slug: againOf });
  const sources = [];
  for (const slug of new Set(slugs)) {
    const { id, title: name, revision, entryCount, state } = await requireDataset(scope, { slug });
    if (state !== 'ready')
      throw new AppError('blocked', 'a source is not whole', {
        userMessage: `${name} is not whole yet. Wait until all of it is read, or go on with its import.`,
      });
    sources.push({ id, slug, title: name, revision, entryCount });
  }
  return createDataset(scope, {
    title,
    fallback: 'Curated crystals',
    source: { kind: 'curation', sources, settings },
    sourceSha256: null,
    curation: { againOfId: before?.id ?? null },
  });
}
