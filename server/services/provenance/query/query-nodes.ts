import type { z } from 'zod';
import { Prisma } from '@/generated/prisma/client';
import { type Database, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { CombinedFilter, NodeFilter, nodeQuerySchema } from '@/server/schemas/node-query';
import { parseQueryText, QueryTextError } from '@/server/schemas/node-query-text';
import type { GraphItem } from '@/server/schemas/provenance';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { loadItems, type ProjectScope } from '../items';
import { type Condition, compile, idsWith, isDriving } from './compile';

/** No query holds a connection longer. */
const TIMEOUT_MS = 5_000;
/** Of hundreds of thousands of ids a hash is made; without room for it each would be looked for in a list. */
const WORK_MEMORY = '64MB';
/** A condition that so few nodes meet is looked up first, and the others are asked of those alone. */
const FEW = 10_000;
const CARRIED_MAX = 1_000;

export interface FoundNodes {
  items: GraphItem[];
  nextCursor: string | null;
}

/** The nodes of a project that a filter lets through, the newest first, page by page. */
export async function queryNodes(actor: Actor, input: z.infer<typeof nodeQuerySchema>): Promise<FoundNodes> {
  const scope = await projectScope(actor, 'read');
  const filter = filterOf(input);
  const { limit, cursor = null } = input;
  const rows = await db()
    .$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true),
          set_config('work_mem', ${WORK_MEMORY}, true)`;
        const arms = [];
        for (const part of alternatives(filter))
          for (const type of ['data', 'process'] as const) {
            const arm = await armOf(tx, part, type, scope, { cursor, limit: limit + 1 });
            if (arm) arms.push(arm);
          }
        if (arms.length === 0) return [];
        return tx.$queryRaw<FoundRow[]>`SELECT * FROM (${Prisma.join(arms, ' UNION ')}) found
          ORDER BY "createdAt" DESC, "id" DESC LIMIT ${limit + 1}`;
      },
      { timeout: 4 * TIMEOUT_MS },
    )
    .catch(explainTimeout);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await loadItems(
      scope,
      shown.map((row) => row.id),
    ),
    nextCursor: rows.length > limit && last ? `${last.createdAt.toISOString()}~${last.id}` : null,
  };
}

interface FoundRow {
  id: string;
  createdAt: Date;
}

function filterOf({ text, filter }: z.infer<typeof nodeQuerySchema>): NodeFilter {
  const parts: NodeFilter[] = filter ? [filter] : [];
  try {
    if (text?.trim()) parts.push(parseQueryText(text));
  } catch (err) {
    if (!(err instanceof QueryTextError)) throw err;
    throw new AppError('bad-input', err.message);
  }
  return { is: 'all', of: parts };
}

/** More would cost more than they save. */
const ALTERNATIVES_MAX = 8;

/**
 * Filters of which a node meets one or more where it meets the one given: the widest "one or the other" that must hold is asked part by
 * part, each by its own index, since no index answers two at once.
 */
function alternatives(filter: NodeFilter): NodeFilter[] {
  const parts = mustHold(filter);
  const either = parts
    .filter((part): part is CombinedFilter => part.is === 'any')
    .filter((part) => part.of.length <= ALTERNATIVES_MAX && part.of.some(hasDriving))
    .sort((a, b) => b.of.length - a.of.length)[0];
  if (!either) return [filter];
  const others = parts.filter((part) => part !== either);
  return either.of.map((one) => ({ is: 'all', of: [...others, one] }));
}

const hasDriving = (part: NodeFilter): boolean => isDriving(part) || (part.is === 'all' && part.of.some(hasDriving));

/** The query of one table; null where none of its rows can be meant. */
async function armOf(
  tx: Database,
  filter: NodeFilter,
  type: GraphItem['type'],
  scope: ProjectScope,
  page: { cursor: string | null; limit: number },
): Promise<Prisma.Sql | null> {
  const parts = mustHold(filter);
  if (compile({ is: 'all', of: parts }, type, scope) === false) return null;
  const few = await lookForFew(tx, parts, type, scope);
  if (few?.count === 0) return null;
  const open = parts.filter((part) => !few?.met.includes(part));
  const [createdAt, id] = page.cursor?.split('~') ?? [];
  const conditions: Condition[] = [
    Prisma.sql`n."projectId" = ${scope.projectId}::uuid`,
    ...(few ? [Prisma.sql`n."id" = ANY(${few.ids})`] : []),
    ...(createdAt ? [Prisma.sql`(n."createdAt", n."id") < (${createdAt}::timestamptz, ${id}::uuid)`] : []),
    compile({ is: 'all', of: open }, type, scope),
  ];
  const asked = conditions.filter((part) => typeof part !== 'boolean');
  const table = Prisma.raw(type === 'data' ? '"DataNode"' : '"Process"');
  return Prisma.sql`(SELECT n."id", n."createdAt" FROM ${table} n WHERE ${Prisma.join(asked, ' AND ')}
    ORDER BY n."createdAt" DESC, n."id" DESC LIMIT ${page.limit})`;
}

/** An array of ids, how many they are, and the conditions that they meet. */
interface Few {
  count: number;
  ids: Prisma.Sql;
  met: NodeFilter[];
}

/**
 * The nodes that meet the rarest of the conditions, or where each is common all of them at once, where they are few. PostgreSQL guesses
 * how rare a value under a path is from the values under all paths, and may walk through the whole table to find three rows; a look tells.
 */
async function lookForFew(tx: Database, parts: NodeFilter[], type: GraphItem['type'], scope: ProjectScope) {
  const looked = (part: NodeFilter, condition = part) => {
    const ids = isDriving(condition) ? idsWith(condition, type, scope) : null;
    return ids ? [{ part, ids }] : [];
  };
  const asked = parts.flatMap((part) => looked(part));
  let few: Few | null = null;
  for (const { part, ids } of asked) few = (await lookAt(tx, ids, [part], few ? few.count - 1 : FEW)) ?? few;
  const refused = parts.flatMap((part) => (part.is === 'not' ? looked(part, part.of[0]) : []));
  if (few || asked.length === 0 || asked.length + refused.length === 1) return few;
  const idsOf = (some: typeof asked) => some.map(({ ids }) => ids);
  const met = [...asked, ...refused].map(({ part }) => part);
  return lookAt(tx, common(idsOf(asked), idsOf(refused)), met, FEW);
}

/** The ids that a query gives, where they are no more than `max`; those that are not worth their way here and back as the query itself. */
async function lookAt(tx: Database, query: Prisma.Sql, met: NodeFilter[], max: number): Promise<Few | null> {
  const [row] = await tx.$queryRaw<{ count: number; ids: string[] | null }[]>`
    SELECT count(*)::int AS "count", CASE WHEN count(*) <= ${Math.min(max, CARRIED_MAX)} THEN array_agg("id") END AS "ids"
    FROM (SELECT "id" FROM (${query}) found LIMIT ${max + 1}) few`;
  const { count, ids } = row!;
  if (count > max) return null;
  return { count, met, ids: ids ? Prisma.sql`${ids}::uuid[]` : Prisma.sql`ARRAY(SELECT "id" FROM (${query}) found)` };
}

/**
 * The ids that all of the first queries give and none of the others. As operations of sets, which PostgreSQL works out by hashes, also
 * where it does not know yet, after a great import, how many rows there are: of joins it then takes those that ask each row for each.
 */
const common = (asked: Prisma.Sql[], refused: Prisma.Sql[]): Prisma.Sql =>
  Prisma.sql`${Prisma.join(asked.map(inBrackets), ' INTERSECT ')}${Prisma.join([Prisma.empty, ...refused.map(inBrackets)], ' EXCEPT ')}`;

const inBrackets = (sql: Prisma.Sql) => Prisma.sql`(${sql})`;

const mustHold = (filter: NodeFilter): NodeFilter[] => (filter.is === 'all' ? filter.of.flatMap(mustHold) : [filter]);

/** PostgreSQL's 57014: the statement took too long. */
function explainTimeout(err: unknown): never {
  if (
    !(
      err instanceof Error &&
      /57014|statement timeout/.test(`${err.message} ${String((err as { code?: unknown }).code)}`)
    )
  )
    throw err;
  throw new AppError('deadline-exceeded', 'the query took too long', {
    userMessage: 'The search took longer than 5 s and was stopped. Ask for a kind, a tag or a shorter time as well.',
    cause: err,
  });
}
