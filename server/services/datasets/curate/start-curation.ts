import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { curateSchema } from '@/server/schemas/curation';
import type { DatasetSource, DatasetSummary } from '@/server/schemas/datasets';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { requireDataset } from '../dataset-row';
import { createDataset } from '../start-import';

/** As a person may write them (describeDatasetSchema). */
const LICENCE_MAX = 200;
const CITATION_MAX = 2_000;

/** Has a worker make a dataset of unique crystals out of others. */
export async function startCuration(
  actor: Actor,
  { slugs, title, settings, againOf }: z.infer<typeof curateSchema>,
): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'write');
  const before = againOf === undefined ? null : await requireDataset(scope, { slug: againOf });
  const sources: Extract<DatasetSource, { kind: 'curation' }>['sources'] = [];
  const origins: { licence: string; citation: string }[] = [];
  for (const slug of new Set(slugs)) {
    const { id, title: name, revision, entryCount, state, licence, citation } = await requireDataset(scope, { slug });
    if (state !== 'ready')
      throw new AppError('blocked', 'a source is not whole', {
        userMessage: `${name} is not whole yet. Wait until all of it is read, or go on with its import.`,
      });
    origins.push({ licence, citation });
    sources.push({ id, slug, title: name, revision, entryCount });
  }
  return createDataset(scope, {
    title,
    fallback: 'Curated crystals',
    source: { kind: 'curation', sources, settings },
    sourceSha256: null,
    about: {
      description: `Unique crystals of ${sources.map((source) => source.title).join(', ')}.`,
      licence: each(origins.map(({ licence }) => licence)).slice(0, LICENCE_MAX),
      citation: each(origins.map(({ citation }) => citation)).slice(0, CITATION_MAX),
    },
    curation: { againOfId: before?.id ?? null },
  });
}

/** What sources say, each once. */
const each = (texts: string[]): string => [...new Set(texts.filter((text) => text !== ''))].join('; ');
