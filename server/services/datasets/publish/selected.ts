import { Prisma } from '@/generated/prisma/client';
import { type Database, db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import { parseQueryText, QueryTextError } from '@/server/schemas/node-query-text';
import type { PublicationChoice, PublicationSelection } from '@/server/schemas/publication';
import { escapeLike } from '../../calculations/list-calculations';
import { reduceFormula } from '../../calculations/reduce-formula';
import { type Condition, compile } from '../../provenance/query/compile';

const TIMEOUT_MS = 30_000;

export interface Asked {
  projectId: string;
  selection: PublicationSelection;
  choice: PublicationChoice;
}

/**
 * Runs a statement over the rows `ranked` of a selection: `isFit` where a calculation has ended with something computed, `place` 1 where it
 * is the one that was chosen among those of its structure.
 */
export function overSelected<Row>(asked: Asked, statement: Prisma.Sql): Promise<Row[]> {
  return db()
    .$transaction(
      async (tx: Database) => {
        await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`;
        return tx.$queryRaw<Row[]>`WITH ${ranked(asked)} ${statement}`;
      },
      { timeout: 2 * TIMEOUT_MS },
    )
    .catch((err: unknown) => {
      if (!(err instanceof Error && /57014|statement timeout/.test(err.message))) throw err;
      throw new AppError('deadline-exceeded', 'the selection took too long', {
        userMessage:
          'Finding the calculations took longer than 30 s and was stopped. Ask for a formula or a shorter time.',
        cause: err,
      });
    });
}

function ranked({ projectId, selection, choice }: Asked): Prisma.Sql {
  const order =
    choice === 'best'
      ? Prisma.sql`array_position(ARRAY['fast', 'balanced', 'stringent'], f."protocol") DESC NULLS LAST, f."id" DESC`
      : Prisma.sql`f."id" DESC`;
  const place =
    choice === 'all'
      ? Prisma.sql`1`
      : Prisma.sql`row_number() OVER (PARTITION BY f."structureId", f."isFit" ORDER BY ${order})`;
  return Prisma.sql`found AS (
      SELECT c."id", c."structureId", c."protocol", c."functional", c."label", r."state"::text AS "state",
        (r."state" = 'finished' OR (r."state" = 'failed' AND EXISTS (
          SELECT 1 FROM "Process" p JOIN "Link" l ON l."processId" = p."id"
          WHERE p."calculationId" = c."id" AND p."state" = 'finished' AND l."name" = 'result'))) AS "isFit"
      FROM "Calculation" c JOIN "Process" r ON r."id" = c."id"
      WHERE c."projectId" = ${projectId}::uuid AND c."structureId" IS NOT NULL AND ${conditionOf(selection, projectId)}),
    ranked AS (SELECT f.*, (${place})::integer AS "place" FROM found f)`;
}

function conditionOf(selection: PublicationSelection, projectId: string): Prisma.Sql {
  if (selection.by === 'ids') return Prisma.sql`c."id" = ANY(${selection.ids}::uuid[])`;
  if (selection.by === 'query') return queryCondition(selection.text, projectId);
  const { states, formula, text, createdFrom, createdTo, elements, property, tag } = selection;
  const parts = [
    ...(states?.length ? [Prisma.sql`r."state"::text = ANY(${states})`] : []),
    ...(formula?.trim() ? [Prisma.sql`c."formula" = ${reduceFormula(formula)}`] : []),
    ...(text?.trim() ? [Prisma.sql`c."label" ILIKE ${`%${escapeLike(text.trim())}%`}`] : []),
    ...(createdFrom ? [Prisma.sql`c."createdAt" >= ${createdFrom}::timestamptz`] : []),
    ...(createdTo ? [Prisma.sql`c."createdAt" < ${createdTo}::timestamptz`] : []),
    ...(elements?.length
      ? [Prisma.sql`c."structureId" IN (SELECT s."id" FROM "Structure" s WHERE s."elements" @> ${elements}::text[])`]
      : []),
    ...(property?.trim() ? [Prisma.sql`${property.trim()} = ANY(c."properties")`] : []),
    ...(tag?.trim()
      ? [Prisma.sql`c."id" IN (SELECT t."processId" FROM "NodeTag" t WHERE t."name" = ${tag.trim()})`]
      : []),
  ];
  return parts.length > 0 ? Prisma.join(parts, ' AND ') : Prisma.sql`TRUE`;
}

/** Calculations of which a process, or a value that one of them made, is found. */
function queryCondition(text: string, projectId: string): Prisma.Sql {
  const filter = parse(text);
  const sql = (part: Condition) => (typeof part === 'boolean' ? (part ? Prisma.sql`TRUE` : Prisma.sql`FALSE`) : part);
  const [processes, values] = (['process', 'data'] as const).map((type) => sql(compile(filter, type, { projectId })));
  return Prisma.sql`c."id" IN (
    SELECT n."calculationId" FROM "Process" n WHERE n."projectId" = ${projectId}::uuid AND n."calculationId" IS NOT NULL AND ${processes}
    UNION ALL SELECT p."calculationId" FROM "DataNode" n
      JOIN "Link" l ON l."dataNodeId" = n."id" AND l."kind" IN ('create', 'return') JOIN "Process" p ON p."id" = l."processId"
      WHERE n."projectId" = ${projectId}::uuid AND p."calculationId" IS NOT NULL AND ${values})`;
}

function parse(text: string) {
  try {
    return parseQueryText(text);
  } catch (err) {
    if (!(err instanceof QueryTextError)) throw err;
    throw new AppError('bad-input', err.message, { userMessage: err.message });
  }
}

/** 404 where one that was picked is not of the project. */
export async function requirePicked({ projectId, selection }: Asked): Promise<void> {
  if (selection.by !== 'ids') return;
  const ids = [...new Set(selection.ids)];
  const [row] = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::integer AS "count" FROM "Calculation"
    WHERE "id" = ANY(${ids}::uuid[]) AND "projectId" = ${projectId}::uuid AND "structureId" IS NOT NULL`;
  if (row!.count < ids.length) throw notFound('The calculation');
}
