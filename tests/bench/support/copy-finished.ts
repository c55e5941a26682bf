import { db } from '@/server/db/client';

/** Of each table: which of its columns name a row of the workflow, and how its rows are found from the workflow's id, $1. */
const tables = [
  { name: '"Calculation"', ids: ['id'], where: 't."id" = $1::uuid' },
  { name: '"Process"', ids: ['id', 'calculationId', 'parentId'], where: 't."calculationId" = $1::uuid' },
  {
    name: '"DataNode"',
    ids: ['id'],
    where: `t."id" IN (SELECT l."dataNodeId" FROM "Link" l JOIN "Process" p ON p."id" = l."processId" WHERE p."calculationId" = $1::uuid)`,
  },
  {
    name: '"DataNodeFile"',
    ids: ['dataNodeId'],
    where: `t."dataNodeId" IN (SELECT l."dataNodeId" FROM "Link" l JOIN "Process" p ON p."id" = l."processId" WHERE p."calculationId" = $1::uuid)`,
  },
  {
    name: '"Link"',
    ids: ['id', 'processId', 'dataNodeId', 'calledId'],
    where: `t."processId" IN (SELECT "id" FROM "Process" WHERE "calculationId" = $1::uuid)`,
  },
  { name: 'dbos.workflow_status', ids: ['workflow_uuid'], where: 't.workflow_uuid = $1::text' },
  { name: 'dbos.operation_outputs', ids: ['workflow_uuid'], where: 't.workflow_uuid = $1::text' },
] as const;

/** The id that a row has in the copy of number i; null stays null. */
const copied = (column: string) =>
  `CASE WHEN t."${column}" IS NOT NULL THEN md5(t."${column}"::text || ':' || i)::uuid::text END`;

/** As many finished workflows more as `count`, each with all the rows of that one: its processes, nodes, links, events, and its orchestration. */
export async function copyFinished(calculationId: string, first: number, count: number): Promise<void> {
  const copies = `generate_series(${first}, ${first + count - 1}) AS i`;
  for (const { name, ids, where } of tables) {
    const changes = ids.map((column) => `'${column}', ${copied(column)}`).join(', ');
    await db().$executeRawUnsafe(
      `INSERT INTO ${name} SELECT (jsonb_populate_record(t, jsonb_build_object(${changes}))).* FROM ${name} t, ${copies} WHERE ${where}`,
      calculationId,
    );
  }
  await db().$executeRawUnsafe(
    `WITH mine AS (SELECT *, row_number() OVER (ORDER BY "number") AS place FROM "ProcessEvent" WHERE "calculationId" = $1::uuid),
      size AS (SELECT count(*)::int AS n FROM mine),
      base AS (UPDATE "Project" j SET "eventCount" = j."eventCount" + ${count} * size.n FROM size
        WHERE j."id" = (SELECT "projectId" FROM mine LIMIT 1) RETURNING j."eventCount" - ${count} * size.n AS "before", size.n)
    INSERT INTO "ProcessEvent" ("projectId", "number", "calculationId", "processId", "data", "at")
    SELECT t."projectId", base."before" + (i - ${first}) * base.n + t.place, (${copied('calculationId')})::uuid, (${copied('processId')})::uuid, t."data", t."at"
    FROM mine t, base, ${copies}`,
    calculationId,
  );
  await db().$executeRawUnsafe('ANALYZE');
}
