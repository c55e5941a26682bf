import type { z } from 'zod';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { CurationReport, listRejectionsSchema, Rejection } from '@/server/schemas/curation';
import type { DatasetSource } from '@/server/schemas/datasets';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { requireDataset } from '../dataset-row';

const KEYS_SHOWN = 100;

/** How a dataset was curated, or how far it is: counts of each step, and what differs from the run before. */
export async function getCuration(actor: Actor, { slug }: { slug: string }): Promise<CurationReport> {
  const { row, source, curation } = await requireCuration(actor, slug);
  const where = { datasetId: row.id };
  const [rejected, [counts]] = await Promise.all([
    db().curationMember.groupBy({ by: ['reason'], where: { ...where, reason: { not: null } }, _count: true }),
    db().$queryRaw<{ passed: number; groups: number; families: number }[]>`
      SELECT count(*) FILTER (WHERE "reason" IS NULL)::integer AS "passed", count(DISTINCT "groupKey")::integer AS "groups",
        count(*) FILTER (WHERE "isChosen")::integer AS "families" FROM "CurationMember" WHERE "datasetId" = ${row.id}::uuid`,
  ]);
  const isOlderThere = curation.againOfId && (await db().dataset.count({ where: { id: curation.againOfId } })) > 0;
  return {
    step: curation.step,
    sources: source.sources,
    settings: source.settings,
    total: source.sources.reduce((sum, { entryCount }) => sum + entryCount, 0),
    examined: curation.examined,
    rejected: rejected
      .map(({ reason, _count }) => ({ reason: reason!, count: _count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    ...counts!,
    written: row.entryCount,
    keptSha256: curation.keptSha256,
    since:
      isOlderThere && curation.step === 'done'
        ? { came: await onlyIn(row.id, curation.againOfId!), went: await onlyIn(curation.againOfId!, row.id) }
        : null,
  };
}

/** The entries that were rejected, one page after the other. */
export async function listRejections(
  actor: Actor,
  { slug, reason, cursor, limit }: z.infer<typeof listRejectionsSchema>,
): Promise<{ items: Rejection[]; nextCursor: number | null }> {
  const { row, source } = await requireCuration(actor, slug);
  const rows = await db().curationMember.findMany({
    where: { datasetId: row.id, reason: reason ?? { not: null }, position: { gt: cursor } },
    orderBy: { position: 'asc' },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map((one) => ({
    position: one.position,
    slug: source.sources[one.sourceIndex]!.slug,
    key: one.key,
    formula: one.formula,
    reason: one.reason!,
    detail: one.detail ?? '',
  }));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.position : null };
}

async function requireCuration(actor: Actor, slug: string) {
  const row = await requireDataset(await projectScope(actor, 'read'), { slug });
  const source = row.source as unknown as DatasetSource;
  const curation = await db().curation.findUnique({ where: { datasetId: row.id } });
  if (source.kind !== 'curation' || !curation) throw notFound('The curation');
  return { row, source, curation };
}

/** Entries of one dataset whose key or structure the other does not have. */
async function onlyIn(own: string, other: string): Promise<{ count: number; keys: string[] }> {
  const rows = await db().$queryRaw<{ key: string; total: number }[]>`
    SELECT a."key", count(*) OVER ()::integer AS "total" FROM "Entry" a
    LEFT JOIN "Entry" b ON b."datasetId" = ${other}::uuid AND b."key" = a."key" AND b."structureHash" IS NOT DISTINCT FROM a."structureHash"
    WHERE a."datasetId" = ${own}::uuid AND b."key" IS NULL ORDER BY a."number" LIMIT ${KEYS_SHOWN}`;
  return { count: rows[0]?.total ?? 0, keys: rows.map(({ key }) => key) };
}
