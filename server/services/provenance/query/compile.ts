import { Prisma } from '@/generated/prisma/client';
import { isCombined, type NodeCondition, type NodeFilter } from '@/server/schemas/node-query';
import { processKinds } from '@/server/schemas/process';
import { type GraphItem, WALK_MAX } from '@/server/schemas/provenance';
import type { ProjectScope } from '../items';
import { reachedFrom } from '../steps';
import { idsWithWords } from './words';

type NodeType = GraphItem['type'];
/** A condition on the row `n`; true or false where it holds for all or none of a type. */
export type Condition = Prisma.Sql | boolean;

const tables = { data: Prisma.raw('"dataNodeId"'), process: Prisma.raw('"processId"') } as const;

/** A filter as SQL about rows `n` of DataNode or Process. Whatever a person wrote is a parameter of it, never a part of the text. */
export function compile(filter: NodeFilter, type: NodeType, scope: ProjectScope): Condition {
  if (!isCombined(filter)) return compileCondition(filter, type, scope);
  const parts = filter.of.map((part) => compile(part, type, scope));
  return filter.is === 'not' ? negate(parts[0]!) : combine(filter.is, parts);
}

function combine(is: 'all' | 'any', parts: Condition[]): Condition {
  const decisive = is === 'any';
  if (parts.includes(decisive)) return decisive;
  const open = parts.filter((part) => typeof part !== 'boolean');
  if (open.length === 0) return !decisive;
  return Prisma.sql`(${Prisma.join(open, is === 'all' ? ' AND ' : ' OR ')})`;
}

const negate = (part: Condition): Condition => (typeof part === 'boolean' ? !part : Prisma.sql`(NOT ${part})`);

function compileCondition(condition: NodeCondition, type: NodeType, scope: ProjectScope): Condition {
  switch (condition.is) {
    case 'type':
      return condition.type === type;
    case 'kind':
      if (type === 'data') return Prisma.sql`n."kind" = ${condition.kind}`;
      return (processKinds as readonly string[]).includes(condition.kind)
        ? Prisma.sql`n."kind" = ${condition.kind}::"ProcessKind"`
        : Prisma.sql`n."name" = ${condition.kind}`;
    case 'state':
      return type === 'process' && Prisma.sql`n."state" = ${condition.state}::"ProcessState"`;
    case 'created':
      return createdWhere(condition.comparison, condition.at);
    default: {
      const ids = idsWith(condition, type, scope);
      return ids !== null && Prisma.sql`n."id" IN (${ids})`;
    }
  }
}

const DAY_MS = 86_400_000;

/** A day is meant whole: after it is from the next one on, and up to it includes it. */
function createdWhere(comparison: '<' | '<=' | '>' | '>=', at: string): Prisma.Sql {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(at);
  const isAfterDay = isDay && (comparison === '>' || comparison === '<=');
  const moment = new Date(Date.parse(at) + (isAfterDay ? DAY_MS : 0)).toISOString();
  const sign = isAfterDay ? (comparison === '>' ? '>=' : '<') : comparison;
  return Prisma.sql`n."createdAt" ${signs[sign]} ${moment}::timestamptz`;
}

const signs = {
  '=': Prisma.raw('='),
  '!=': Prisma.raw('<>'),
  '<': Prisma.raw('<'),
  '<=': Prisma.raw('<='),
  '>': Prisma.raw('>'),
  '>=': Prisma.raw('>='),
} as const;

/** Conditions that an index answers with the ids of nodes. */
export type Driving = Exclude<NodeCondition, { is: 'type' | 'kind' | 'state' | 'created' }>;
export const isDriving = (filter: NodeFilter): filter is Driving =>
  !['type', 'kind', 'state', 'created', 'all', 'any', 'not'].includes(filter.is);

/** The ids of nodes of one type for which a condition holds, by its own index; null where none can. */
export function idsWith(condition: Driving, type: NodeType, { projectId }: ProjectScope): Prisma.Sql | null {
  const column = tables[type];
  switch (condition.is) {
    case 'property': {
      if (type !== 'data') return null;
      const { path, comparison, value } = condition;
      const compared =
        typeof value === 'number'
          ? Prisma.sql`p."number" ${signs[comparison]} ${value}::double precision`
          : Prisma.sql`p."text" ${signs[comparison]} ${String(value)}`;
      return Prisma.sql`SELECT p."dataNodeId" AS "id" FROM "DataNodeProperty" p
        WHERE p."projectId" = ${projectId}::uuid AND p."path" = ${path} AND ${compared}`;
    }
    case 'has':
      return type === 'data'
        ? Prisma.sql`SELECT p."dataNodeId" AS "id" FROM "DataNodeProperty" p
            WHERE p."projectId" = ${projectId}::uuid AND p."path" = ${condition.path}`
        : null;
    case 'tag':
      return Prisma.sql`SELECT t.${column} AS "id" FROM "NodeTag" t
        WHERE t."projectId" = ${projectId}::uuid AND t."name" = ${condition.tag} AND t.${column} IS NOT NULL`;
    case 'group':
      return Prisma.sql`SELECT m.${column} AS "id" FROM "NodeGroupMember" m JOIN "NodeGroup" g ON g."id" = m."groupId"
        WHERE g."projectId" = ${projectId}::uuid AND g."name" = ${condition.group} AND m.${column} IS NOT NULL`;
    case 'formula':
      return type === 'data'
        ? Prisma.sql`SELECT d."id" FROM "Structure" s JOIN "DataNode" d ON d."structureId" = s."id"
            WHERE s."projectId" = ${projectId}::uuid AND s."formula" = ${condition.formula}`
        : Prisma.sql`SELECT c."id" FROM "Calculation" c
            WHERE c."projectId" = ${projectId}::uuid AND c."formula" = ${condition.formula}`;
    case 'words':
      return idsWithWords(condition.text, type, projectId);
    case 'ancestor':
    case 'descendant': {
      const { of, is } = condition;
      const start = Prisma.sql`SELECT x."id" FROM "DataNode" x WHERE x."id" = ${of}::uuid AND x."projectId" = ${projectId}::uuid
        UNION ALL SELECT x."id" FROM "Process" x WHERE x."id" = ${of}::uuid AND x."projectId" = ${projectId}::uuid`;
      const reached = reachedFrom(start, is === 'ancestor' ? 'in' : 'out', WALK_MAX + 1);
      return Prisma.sql`SELECT r."id" FROM ${reached} r WHERE r."id" <> ${of}::uuid`;
    }
  }
}
