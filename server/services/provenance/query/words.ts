import { Prisma } from '@/generated/prisma/client';
import type { GraphItem } from '@/server/schemas/provenance';

/**
 * Nodes that bear words: in a comment or tag, in the label of the calculation (its root process), in the name or formula of the
 * structure. `websearch_to_tsquery` takes any text: words, "phrases", or, -not.
 */
export function idsWithWords(text: string, type: GraphItem['type'], projectId: string): Prisma.Sql {
  const query = Prisma.sql`websearch_to_tsquery('simple', ${text})`;
  const project = Prisma.sql`${projectId}::uuid`;
  const column = Prisma.raw(type === 'data' ? '"dataNodeId"' : '"processId"');
  const said = Prisma.sql`SELECT c.${column} AS "id" FROM "NodeComment" c
      WHERE to_tsvector('simple', c."body") @@ ${query} AND c."projectId" = ${project} AND c.${column} IS NOT NULL
    UNION ALL SELECT t.${column} FROM "NodeTag" t
      WHERE to_tsvector('simple', t."name") @@ ${query} AND t."projectId" = ${project} AND t.${column} IS NOT NULL`;
  const named =
    type === 'data'
      ? Prisma.sql`SELECT d."id" FROM "Structure" s JOIN "DataNode" d ON d."structureId" = s."id"
          WHERE to_tsvector('simple', s."name" || ' ' || s."formula") @@ ${query} AND s."projectId" = ${project}`
      : Prisma.sql`SELECT c."id" FROM "Calculation" c
          WHERE to_tsvector('simple', c."label") @@ ${query} AND c."projectId" = ${project}`;
  return Prisma.sql`${said} UNION ALL ${named}`;
}
