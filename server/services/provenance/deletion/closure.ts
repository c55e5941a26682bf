import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { WALK_MAX } from '@/server/schemas/provenance';

/** Ids of values and processes. */
export interface Part {
  data: Set<string>;
  processes: Set<string>;
}

/**
 * The smallest part of the graph around some nodes that can go without leaving anything half: with a value the processes that made, took
 * or returned it, since each would lack an input or an output; with a process all that it made and its whole calculation.
 */
export async function closeOver(db: Database, start: Part): Promise<Part> {
  const part: Part = { data: new Set(), processes: new Set() };
  let data = [...start.data];
  let processes = [...start.processes];
  while (data.length + processes.length > 0) {
    for (const id of data) part.data.add(id);
    for (const id of processes) part.processes.add(id);
    refuseTooMany(part);
    const [beside, made] = await Promise.all([processesBeside(db, data, processes), madeBy(db, processes)]);
    processes = beside.filter((id) => !part.processes.has(id));
    data = made.filter((id) => !part.data.has(id));
  }
  return part;
}

function refuseTooMany({ data, processes }: Part): void {
  if (data.size + processes.size <= WALK_MAX) return;
  throw new AppError('too-large', 'the closed part of the graph is too large', {
    userMessage: `More than ${WALK_MAX} nodes would go with this one. Delete what was made from it first, in parts.`,
  });
}

const idsOf = async (rows: Promise<{ id: string }[]>) => (await rows).map((row) => row.id);

/**
 * Those that are linked with the values, and those of the same calculations and calls as the processes. No more of them than are refused
 * anyway.
 */
function processesBeside(db: Database, data: string[], processes: string[]): Promise<string[]> {
  return idsOf(db.$queryRaw`
    SELECT l."processId" AS "id" FROM "Link" l WHERE l."dataNodeId" = ANY(${data}::uuid[])
    UNION ${treesOf(processes)} LIMIT ${WALK_MAX + 1}`);
}

/** One step from processes to others of their trees. */
const treesOf = (processes: string[]): Prisma.Sql => Prisma.sql`
  SELECT other."id" FROM "Process" p JOIN "Process" other ON other."calculationId" = p."calculationId"
    WHERE p."id" = ANY(${processes}::uuid[])
  UNION SELECT p."id" FROM "Process" p WHERE p."parentId" = ANY(${processes}::uuid[])
  UNION SELECT l."calledId" FROM "Link" l WHERE l."kind" = 'call' AND l."processId" = ANY(${processes}::uuid[])
  UNION SELECT l."processId" FROM "Link" l WHERE l."calledId" = ANY(${processes}::uuid[])`;

const madeBy = (db: Database, processes: string[]): Promise<string[]> =>
  idsOf(db.$queryRaw`SELECT DISTINCT l."dataNodeId" AS "id" FROM "Link" l
    WHERE l."kind" = 'create' AND l."processId" = ANY(${processes}::uuid[]) LIMIT ${WALK_MAX + 1}`);

export const union = (...parts: Part[]): Part => ({
  data: new Set(parts.flatMap((part) => [...part.data])),
  processes: new Set(parts.flatMap((part) => [...part.processes])),
});
