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
import { type Condition, compile, isDriving } from './compile';
import { lookForFew, mustHold } from './few';

/** No query holds a connection longer. */
const TIMEOUT_MS = 5_000;
/** Of hundreds of thousands of ids a hash is made; without room for it each would be looked for in a list. */
const WORK_MEMORY = '64MB';

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
  if (compile(filter, type, scope) === false) return null;
  const parts = mustHold(filter);
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
