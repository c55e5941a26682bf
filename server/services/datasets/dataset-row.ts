import type { Dataset } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import type { DatasetReport, DatasetSource, DatasetSummary, PropertyDefinition } from '@/server/schemas/datasets';

/** What members of a project see: their own datasets and the platform's. */
export const visibleTo = ({ projectId }: { projectId: string }) => ({ OR: [{ projectId }, { projectId: null }] });

export function toDatasetSummary(row: Dataset, { projectId }: { projectId: string }): DatasetSummary {
  const { id, slug, title, version, description, licence, citation, state, entryCount, revision, isOpen } = row;
  const { createdAt, updatedAt, symmetryCount } = row;
  return {
    ...{ id, slug, title, version, description, licence, citation, state, entryCount, revision, isOpen },
    ...{ createdAt, updatedAt, symmetryCount },
    properties: row.properties as unknown as PropertyDefinition[],
    source: row.source as unknown as DatasetSource,
    report: row.report as unknown as DatasetReport,
    isOurs: row.projectId === projectId,
  };
}

/** A dataset that may be read; 404 for one of another project. */
export async function requireDataset(
  scope: { projectId: string },
  where: { id: string } | { slug: string },
): Promise<Dataset> {
  const row = await db().dataset.findFirst({ where: { ...where, ...visibleTo(scope) } });
  if (!row) throw notFound('The dataset');
  return row;
}

/** One that the project may change. */
export async function requireOwnDataset(scope: { projectId: string }, id: string): Promise<Dataset> {
  const row = await requireDataset(scope, { id });
  if (row.projectId === null)
    throw new AppError('forbidden', 'a dataset of the platform', {
      userMessage: 'This dataset came with the platform and is not changed. Import it again under a name of your own.',
    });
  return row;
}
