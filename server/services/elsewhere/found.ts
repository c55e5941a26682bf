import type { z } from 'zod';
import { Prisma } from '@/generated/prisma/client';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { writtenFormula } from '@/kernels/crystal/formula';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { FoundOrder, FoundPage, foundSchema } from '@/server/schemas/elsewhere';
import type { StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordRemoteEntry } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from '../structures/store-structure';
import { inThread } from '../structures/thread/in-thread';
import { requireSearch } from './searches';

const orders = {
  sites: Prisma.sql`"sites" ASC, "formula" ASC`,
  '-sites': Prisma.sql`"sites" DESC, "formula" ASC`,
  formula: Prisma.sql`"formula" ASC, "sites" ASC`,
  '-formula': Prisma.sql`"formula" DESC, "sites" ASC`,
  elements: Prisma.sql`"elements" ASC, "formula" ASC, "sites" ASC`,
  '-databases': Prisma.sql`"databases" DESC, "formula" ASC, "sites" ASC`,
} satisfies Record<FoundOrder, Prisma.Sql>;
const MEMBERS_SHOWN = 30;

interface Row {
  groupId: string;
  formula: string;
  sites: number;
  spaceGroupNumber: number | null;
  count: number;
  all: number;
  members: { id: string; key: string; sites: number; name: string; url: string }[];
}

/** One row for each crystal, with the databases that have it. */
export async function listFound(
  actor: Actor,
  { id, order, cursor, limit }: z.infer<typeof foundSchema>,
): Promise<FoundPage> {
  await requireSearch(await projectScope(actor, 'read'), id);
  const offset = cursor ?? 0;
  const rows = await db().$queryRaw<Row[]>`
    WITH page AS (
      SELECT "groupId", min("formula") AS "formula", min("siteCount") AS "sites", min("elementCount") AS "elements",
        min("spaceGroupNumber") AS "spaceGroupNumber", count(DISTINCT "answerId") AS "databases", count(*)::int AS "count",
        (count(*) OVER ())::int AS "all"
      FROM "RemoteEntry" WHERE "searchId" = ${id}::uuid GROUP BY "groupId"
      ORDER BY ${orders[order]}, "groupId" LIMIT ${limit} OFFSET ${offset})
    SELECT page.*, (SELECT jsonb_agg(m) FROM (
        SELECT e."id", e."key", e."siteCount" AS "sites", a."name", a."url"
        FROM "RemoteEntry" e JOIN "RemoteAnswer" a ON a."id" = e."answerId"
        WHERE e."searchId" = ${id}::uuid AND e."groupId" = page."groupId" ORDER BY e."id" LIMIT ${MEMBERS_SHOWN}) m) AS "members"
    FROM page ORDER BY ${orders[order]}, "groupId"`;
  const count = rows[0]?.all ?? 0;
  return {
    rows: rows.map(({ groupId, formula, members, ...row }) => ({
      id: groupId,
      formula: writtenFormula(formula),
      ...{ sites: row.sites, spaceGroupNumber: row.spaceGroupNumber, count: row.count },
      members: members.map(({ name, url, ...member }) => ({
        ...member,
        database: name,
        href: entryAddress(url, member.key),
      })),
    })),
    count,
    nextCursor: offset + rows.length < count ? offset + rows.length : null,
  };
}

const entryAddress = (base: string, key: string) => `${base}/structures/${encodeURIComponent(key)}`;

async function requireEntry(scope: { projectId: string }, { id, entryId }: { id: string; entryId: string }) {
  const row = await db().remoteEntry.findFirst({
    where: { id: entryId, searchId: id, search: scope },
    include: { answer: true, search: true },
  });
  if (!row) throw notFound('The entry');
  return row;
}

/** An entry as the viewer shows it. */
export async function showFound(actor: Actor, asked: { id: string; entryId: string }): Promise<StructureDetail> {
  const { id, key, attributes, answer, search } = await requireEntry(await projectScope(actor, 'read'), asked);
  const { structure, summary, ...described } = await inThread('describe', read(attributes));
  return {
    ...{ id, name: key, createdAt: search.createdAt, ...described, sites: structure.sites.length },
    ...summary,
    structure,
    source: { kind: 'dataset', fileName: answer.name },
  };
}

/** An entry as a structure of the project, to compute with; where it comes from stays with it. */
export async function takeFound(actor: Actor, asked: { id: string; entryId: string }): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const { key, attributes, answer } = await requireEntry(scope, asked);
  const described = await inThread('describe', read(attributes));
  const origin = { name: key, kind: 'dataset', fileName: answer.name } as const;
  const stored = await storeStructure(scope, described, origin);
  const { name, url } = answer;
  await recordRemoteEntry(actor, stored.id, { provider: { name, url }, key, url: entryAddress(url, key) });
  return stored;
}

const read = (attributes: unknown) => fromOptimade(attributes as Record<string, unknown>);

type WrittenRow = Prisma.RemoteEntryGetPayload<{ include: { answer: { select: { name: true; url: true } } } }>;

/** All that a search found, as lines of OPTIMADE JSON, with the server that each entry is of. */
export async function* writeFound(actor: Actor, { id }: { id: string }): AsyncGenerator<string> {
  await requireSearch(await projectScope(actor, 'read'), id);
  yield `${JSON.stringify({ 'x-optimade': { meta: { api_version: '1.2.0' } } })}\n`;
  let last: string | null = null;
  while (true) {
    const rows: WrittenRow[] = await db().remoteEntry.findMany({
      where: { searchId: id, ...(last === null ? {} : { id: { gt: last } }) },
      orderBy: { id: 'asc' },
      take: 200,
      include: { answer: { select: { name: true, url: true } } },
    });
    for (const { key, attributes, answer } of rows) {
      const origin = { _brine_database: answer.name, _brine_address: entryAddress(answer.url, key) };
      yield `${JSON.stringify({ id: `${answer.name}/${key}`.slice(0, 300), type: 'structures', attributes: { ...(attributes as object), ...origin } })}\n`;
    }
    if (rows.length < 200) return;
    last = rows.at(-1)!.id;
  }
}
