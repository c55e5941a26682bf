import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/server/db/client';
import type { NodeFilter } from '@/server/schemas/node-query';
import type { GraphItem } from '@/server/schemas/provenance';
import type { ProjectScope } from '../items';
import { idsWith, isDriving } from './compile';

/** A condition that so few nodes meet is looked up first, and the others are asked of those alone. */
const FEW = 10_000;
/** More ids are not carried here and back into the next query. */
const CARRIED_MAX = 1_000;

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
export async function lookForFew(tx: Database, parts: NodeFilter[], type: GraphItem['type'], scope: ProjectScope) {
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

/** The parts of a filter that a node must meet, each. */
export const mustHold = (filter: NodeFilter): NodeFilter[] =>
  filter.is === 'all' ? filter.of.flatMap(mustHold) : [filter];
