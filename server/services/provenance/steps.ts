import { Prisma } from '@/generated/prisma/client';
import type { Direction, EdgeKind, GraphEdge, GraphItem } from '@/server/schemas/provenance';

/** A way to leave a node: the column of Link that holds the node, the one that holds the other end, and the kind of the edge. */
interface Way {
  here: '"processId"' | '"dataNodeId"' | '"calledId"';
  there: '"processId"' | '"dataNodeId"' | '"calledId"';
  kind: EdgeKind;
}

const ways: Record<Direction, Record<GraphItem['type'], readonly Way[]>> = {
  in: {
    data: [
      { here: '"dataNodeId"', there: '"processId"', kind: 'create' },
      { here: '"dataNodeId"', there: '"processId"', kind: 'return' },
    ],
    process: [
      { here: '"processId"', there: '"dataNodeId"', kind: 'input' },
      { here: '"calledId"', there: '"processId"', kind: 'call' },
    ],
  },
  out: {
    data: [{ here: '"dataNodeId"', there: '"processId"', kind: 'input' }],
    process: [
      { here: '"processId"', there: '"dataNodeId"', kind: 'create' },
      { here: '"processId"', there: '"dataNodeId"', kind: 'return' },
      { here: '"processId"', there: '"calledId"', kind: 'call' },
    ],
  },
};

export interface EdgeRow {
  linkId: string;
  kind: EdgeKind;
  name: string;
  here: string;
  there: string;
}

const columns = ({ here, there, kind }: Way) =>
  Prisma.sql`SELECT l."id" AS "linkId", ${kind}::text AS "kind", l."name", l.${Prisma.raw(here)} AS "here",
    l.${Prisma.raw(there)} AS "there" FROM "Link" l WHERE l."kind" = ${kind}::"LinkKind"`;

/**
 * Edges of one node in the order of their ids, one page of them: each way by its own index, so that the number of edges does not matter.
 * The id comes from a join: PostgreSQL would else see that a node has many edges, and walk along all ids to find the first of them.
 */
export function pageOfEdges(
  item: GraphItem,
  direction: Direction,
  page: { cursor: string | null; limit: number },
): Prisma.Sql {
  const after = page.cursor ? Prisma.sql`AND l."id" > ${page.cursor}::uuid` : Prisma.empty;
  const parts = ways[direction][item.type].map(
    (way) => Prisma.sql`(${columns(way)} AND l.${Prisma.raw(way.here)} = node."id" ${after}
      ORDER BY l."id" LIMIT ${page.limit})`,
  );
  return Prisma.sql`SELECT edge.* FROM unnest(ARRAY[${item.id}]::uuid[]) AS node("id")
    CROSS JOIN LATERAL (${Prisma.join(parts, ' UNION ALL ')}) edge ORDER BY "linkId" LIMIT ${page.limit}`;
}

const allWays = (direction: Direction) => [...ways[direction].data, ...ways[direction].process];

/** All edges of the nodes `from.id`, to be joined laterally. */
const edgesOf = (from: string, direction: Direction): Prisma.Sql =>
  Prisma.join(
    allWays(direction).map((way) => Prisma.sql`${columns(way)} AND l.${Prisma.raw(`${way.here} = ${from}."id"`)}`),
    ' UNION ALL ',
  );

/**
 * The ids that are reached from `start` (a query with a column `id`), those of `start` first. PostgreSQL works out no more of a recursive
 * query than is fetched, so that the limit bounds the work; UNION keeps each node once, so that it ends.
 */
export const reachedFrom = (start: Prisma.Sql, direction: Direction, limit: number): Prisma.Sql => Prisma.sql`(
  WITH RECURSIVE reached("id") AS (
    ${start}
    UNION
    SELECT step."there" FROM reached CROSS JOIN LATERAL (${edgesOf('reached', direction)}) step
  )
  SELECT "id" FROM reached LIMIT ${limit}
)`;

/**
 * The edges that have both ends among the nodes, as `GraphEdge`; found from their processes, which have a handful each, while a value may
 * have a million.
 */
export const edgesAmong = (ids: readonly string[], limit: number): Prisma.Sql => Prisma.sql`
  SELECT l."id", l."kind"::text AS "kind", l."name",
    CASE l."kind" WHEN 'input' THEN other."id" ELSE l."processId" END AS "from",
    CASE l."kind" WHEN 'input' THEN l."processId" ELSE other."id" END AS "to"
  FROM "Link" l JOIN unnest(${ids}::uuid[]) AS other("id") ON other."id" = coalesce(l."dataNodeId", l."calledId")
  WHERE l."processId" = ANY(${ids}::uuid[]) LIMIT ${limit}`;

/** As it stands in time, whichever way it was walked. */
export const toEdge = ({ linkId, kind, name, here, there }: EdgeRow, direction: Direction): GraphEdge => ({
  ...{ id: linkId, kind, name },
  from: direction === 'in' ? there : here,
  to: direction === 'in' ? here : there,
});
