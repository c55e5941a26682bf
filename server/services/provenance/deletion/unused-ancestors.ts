import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/server/db/client';
import { terminalStates } from '@/server/schemas/process';
import { WALK_MAX } from '@/server/schemas/provenance';
import { reachedFrom } from '../steps';
import { closeOver, type Part } from './closure';

/** Kinds that exist for the one process that takes them. */
const OWN_KINDS = ['settings', 'edit'];

/** The settings of processes that go, where no other process takes them. */
export async function ownSettings(db: Database, going: Part): Promise<Part> {
  const processes = [...going.processes];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT d."id" FROM "Link" l JOIN "DataNode" d ON d."id" = l."dataNodeId"
    WHERE l."kind" = 'input' AND l."processId" = ANY(${processes}::uuid[]) AND d."kind" = ANY(${OWN_KINDS}::text[])
      AND NOT EXISTS (SELECT 1 FROM "Link" o WHERE o."dataNodeId" = d."id" AND o."processId" <> ALL(${processes}::uuid[]))`;
  return { data: new Set(rows.map((row) => row.id)), processes: new Set() };
}

/**
 * What the part came from and nothing outside it uses: the greatest set of ancestors whose links all end in it or in the part, a
 * calculation counting whole. What is in a group, or is the structure of a draft, or runs, is in use.
 */
export async function unusedAncestors(db: Database, going: Part): Promise<Part> {
  const start = Prisma.sql`SELECT unnest(${[...going.data, ...going.processes]}::uuid[])`;
  const reached = await db.$queryRaw<{ id: string }[]>(reachedFrom(start, 'in', WALK_MAX));
  const above = reached.map((row) => row.id).filter((id) => !going.data.has(id) && !going.processes.has(id));
  const free = await freeOf(db, above, going);
  // Each candidate brings all that would have to go with it; one of those in use keeps it.
  const needs = await needsOf(db, free);
  const isGoing = (id: string) => going.data.has(id) || going.processes.has(id) || free.has(id);
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [id, others] of needs) {
      if (!free.has(id) || others.every(isGoing)) continue;
      free.delete(id);
      isStable = false;
    }
  }
  const data = await db.dataNode.findMany({ where: { id: { in: [...free] } }, select: { id: true } });
  const unused: Part = { data: new Set(data.map((row) => row.id)), processes: new Set() };
  for (const id of free) if (!unused.data.has(id)) unused.processes.add(id);
  return closeOver(db, unused);
}

/**
 * The candidates and what lies beside them, without what is in use by more than links and values that a process outside all of this
 * took: one such link is looked for, so that a value with a million users costs no more than one with ten.
 */
async function freeOf(db: Database, ids: string[], going: Part): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH candidate AS (
      SELECT unnest(${ids}::uuid[]) AS "id"
      UNION SELECT other."id" FROM "Process" p JOIN "Process" other ON other."calculationId" = p."calculationId"
        WHERE p."id" = ANY(${ids}::uuid[])),
    whole AS (
      SELECT "id" FROM candidate
      UNION SELECT l."dataNodeId" FROM "Link" l JOIN candidate c ON c."id" = l."processId" WHERE l."kind" = 'create')
    SELECT w."id" FROM whole w
      LEFT JOIN "DataNode" d ON d."id" = w."id"
      LEFT JOIN "Process" p ON p."id" = w."id"
      LEFT JOIN LATERAL (
        SELECT l."processId" AS "id" FROM "Link" l
        WHERE l."dataNodeId" = w."id" AND l."processId" <> ALL(${[...going.processes]}::uuid[])
          AND l."processId" NOT IN (SELECT "id" FROM whole)
        LIMIT 1) outside ON true
    WHERE outside."id" IS NULL AND (p."id" IS NULL OR p."state" = ANY(${[...terminalStates]}::"ProcessState"[]))
      AND NOT EXISTS (SELECT 1 FROM "NodeGroupMember" m WHERE m."dataNodeId" = w."id" OR m."processId" = w."id")
      AND NOT EXISTS (SELECT 1 FROM "Draft" f WHERE f."structureId" = d."structureId")`;
  return new Set(rows.map((row) => row.id));
}

/** For each node those that would be half without it. */
async function needsOf(db: Database, nodes: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const ids = [...nodes];
  const rows = await db.$queryRaw<{ id: string; other: string }[]>`
    SELECT l."dataNodeId" AS "id", l."processId" AS "other" FROM "Link" l WHERE l."dataNodeId" = ANY(${ids}::uuid[])
    UNION SELECT l."processId", l."dataNodeId" FROM "Link" l WHERE l."kind" = 'create' AND l."processId" = ANY(${ids}::uuid[])
    UNION SELECT l."processId", l."calledId" FROM "Link" l WHERE l."kind" = 'call' AND l."processId" = ANY(${ids}::uuid[])
    UNION SELECT l."calledId", l."processId" FROM "Link" l WHERE l."calledId" = ANY(${ids}::uuid[])
    UNION SELECT p."id", other."id" FROM "Process" p JOIN "Process" other ON other."calculationId" = p."calculationId"
      WHERE p."id" = ANY(${ids}::uuid[])`;
  const needs = new Map<string, string[]>();
  for (const { id, other } of rows) {
    const list = needs.get(id);
    if (list) list.push(other);
    else needs.set(id, [other]);
  }
  return needs;
}
