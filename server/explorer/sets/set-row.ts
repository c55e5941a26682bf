import type { ResultSet as Row } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { ResultSet } from '@/server/schemas/result-sets';

export const toResultSet = (row: Row): ResultSet => ({
  ...{ id: row.id, name: row.name, search: row.search, entryCount: row.entryCount, sha256: row.sha256 },
  dataset: {
    ...{ slug: row.datasetSlug, title: row.datasetTitle, version: row.datasetVersion, revision: row.datasetRevision },
    ...{ licence: row.datasetLicence, citation: row.datasetCitation, isThere: row.datasetId !== null },
  },
  createdAt: row.createdAt,
});

/** A set of the project; 404 for one of another. */
export async function requireSet(scope: { projectId: string }, id: string): Promise<Row> {
  const row = await db().resultSet.findFirst({ where: { id, ...scope } });
  if (!row) throw notFound('The result set');
  return row;
}
