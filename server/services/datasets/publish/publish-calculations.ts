import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { DatasetSource, DatasetSummary } from '@/server/schemas/datasets';
import type { publishSchema } from '@/server/schemas/publication';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { createDataset } from '../start-import';
import { reviewPublication } from './review-publication';

/** Has a worker publish what a selection of calculations finds, as a dataset that keeps the query. Nobody outside sees it until it is opened. */
export async function publishCalculations(
  actor: Actor,
  { selection, choice, title, ...about }: z.infer<typeof publishSchema>,
): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'write');
  const { found, published } = await reviewPublication(actor, { selection, choice });
  if (published === 0)
    throw new AppError('blocked', 'nothing to publish', {
      userMessage:
        found === 0
          ? 'No calculation is found by this, so there is nothing to publish. Ask for less in the filters.'
          : 'None of these calculations has results yet. Publish them when they have finished.',
    });
  const source: DatasetSource = {
    ...{ kind: 'calculations', selection, choice, cursor: null, lines: 0, isUpdate: false, changes: null },
  };
  return createDataset(scope, { title, fallback: 'Calculations', source, sourceSha256: null, about });
}
