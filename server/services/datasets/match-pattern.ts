import type { z } from 'zod';
import { Prisma } from '@/generated/prisma/client';
import { writtenFormula } from '@/kernels/crystal/formula';
import { db } from '@/server/db/client';
import type { matchPatternSchema, PatternMatches } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { inThread } from '../structures/thread/in-thread';
import { requireDataset } from './dataset-row';
import { traitsProgress } from './traits/request-traits';

/** A hundred thousand entries take about 3 s. */
const DEADLINE_MS = 20_000;

/** The entries of a dataset that a measured pattern fits best, by the lines that are kept of each. */
export async function matchPattern(actor: Actor, asked: z.infer<typeof matchPatternSchema>): Promise<PatternMatches> {
  const dataset = await requireDataset(await projectScope(actor, 'read'), { slug: asked.slug });
  const progress = await traitsProgress(dataset);
  const { numbers, lengths, lines } = await loadLines(dataset.id, asked.elements ?? null);
  const { wavelengthAngstrom, rangeDegrees, limit } = asked;
  const scored = await inThread(
    'scoreEntries',
    { measured: asked.lines, wavelengthAngstrom, rangeDegrees, numbers, lengths, lines, limit },
    DEADLINE_MS,
  );
  const entries = await db().entry.findMany({
    where: { datasetId: dataset.id, number: { in: scored.map(({ number }) => number) } },
    select: { number: true, key: true, formulaReduced: true, spaceGroupNumber: true, siteCount: true },
  });
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const matches = scored.flatMap(({ number, score, scale }) => {
    const entry = byNumber.get(number);
    if (!entry) return [];
    const { key, formulaReduced, spaceGroupNumber, siteCount } = entry;
    return [{ key, formula: writtenFormula(formulaReduced), spaceGroupNumber, sites: siteCount, score, scale }];
  });
  return { matches, compared: numbers.length, progress };
}

interface LoadedLines {
  numbers: number[];
  lengths: number[];
  lines: Uint8Array;
}

/** In one row: thousands of small ones would take longer to unpack than to compare. */
async function loadLines(datasetId: string, elements: readonly string[] | null): Promise<LoadedLines> {
  const among = elements === null ? Prisma.empty : Prisma.sql`AND e."elements" <@ ${[...elements]}::text[]`;
  const [row] = await db().$queryRaw<(LoadedLines | { numbers: null })[]>`
    SELECT array_agg(t."number" ORDER BY t."number") AS "numbers", array_agg(length(t."lines") ORDER BY t."number") AS "lengths",
      string_agg(t."lines", ''::bytea ORDER BY t."number") AS "lines"
    FROM "EntryTraits" t JOIN "Entry" e USING ("datasetId", "number")
    WHERE t."datasetId" = ${datasetId}::uuid AND t."lines" IS NOT NULL ${among}`;
  return row?.numbers ? row : { numbers: [], lengths: [], lines: new Uint8Array() };
}
