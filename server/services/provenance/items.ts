import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { DataItem, GraphItem, ProcessItem } from '@/server/schemas/provenance';

export interface ProjectScope {
  projectId: string;
}

/** The nodes of a project by id, in the order asked for; those of other projects are left out. Ten thousand ids are one array, not as many parameters. */
export async function loadItems({ projectId }: ProjectScope, ids: readonly string[]): Promise<GraphItem[]> {
  const [data, processes] = await Promise.all([
    db().$queryRaw<DataItem[]>`SELECT 'data' AS "type", n."id", n."kind", s."formula", n."structureId", n."createdAt"
      FROM "DataNode" n LEFT JOIN "Structure" s ON s."id" = n."structureId"
      WHERE n."id" = ANY(${ids}::uuid[]) AND n."projectId" = ${projectId}::uuid`,
    db().$queryRaw<
      ProcessItem[]
    >`SELECT 'process' AS "type", p."id", p."kind"::text, p."name", p."title", p."state"::text,
        p."calculationId", p."createdAt"
      FROM "Process" p WHERE p."id" = ANY(${ids}::uuid[]) AND p."projectId" = ${projectId}::uuid`,
  ]);
  const found = new Map<string, GraphItem>();
  for (const item of [...data, ...processes]) found.set(item.id, item);
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** The node, or 404 for one of another project. */
export async function requireItem(scope: ProjectScope, id: string): Promise<GraphItem> {
  const [item] = await loadItems(scope, [id]);
  if (!item) throw notFound('The node');
  return item;
}
