import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { inThread } from '../../structures/thread/in-thread';
import { type EntryTraits, noTraits } from './traits';

/** Entries that are described and stored at once: others that use the thread wait no longer than for these. */
const BATCH = 24;
const BATCH_DEADLINE_MS = 20_000;

interface Row {
  number: number;
  hash: string;
  attributes: unknown;
}

/**
 * Describes the entries of a dataset whose traits are missing or belong to another structure, in order. Each batch is kept by itself: whenever the
 * process ends, the next one goes on behind it. False where it was told to stop before its end.
 */
export async function runTraits(datasetId: string, signal: AbortSignal): Promise<boolean> {
  for (let after = 0; ; ) {
    if (signal.aborted) return false;
    const rows = await undescribed(datasetId, after);
    if (rows.length === 0) break;
    const traits = await describeRows(rows.map(({ attributes }) => attributes));
    await store(
      datasetId,
      rows.map(({ number, hash }, i) => ({ number, hash, ...traits[i]! })),
    );
    after = rows.at(-1)!.number;
  }
  await db().$executeRawUnsafe('ANALYZE "EntryTraits"');
  return true;
}

function undescribed(datasetId: string, after: number): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT e."number", coalesce(e."structureHash", '') AS "hash", coalesce(s."attributes", '{}') AS "attributes"
    FROM "Entry" e LEFT JOIN "EntryStructure" s USING ("datasetId", "number") LEFT JOIN "EntryTraits" t USING ("datasetId", "number")
    WHERE e."datasetId" = ${datasetId}::uuid AND e."number" > ${after}
      AND (t."number" IS NULL OR t."structureHash" <> coalesce(e."structureHash", ''))
    ORDER BY e."number" LIMIT ${BATCH}`;
}

/** One that brings the thread down is found by halving, and has no traits. */
async function describeRows(attributes: unknown[]): Promise<EntryTraits[]> {
  try {
    return await inThread('describeTraits', { attributes }, BATCH_DEADLINE_MS);
  } catch (err) {
    if (!(err instanceof AppError) || !err.details['endsThread']) throw err;
    if (attributes.length === 1) return [noTraits];
    const middle = attributes.length >> 1;
    return [...(await describeRows(attributes.slice(0, middle))), ...(await describeRows(attributes.slice(middle)))];
  }
}

/** Entries that were removed meanwhile are passed over. */
async function store(datasetId: string, rows: (EntryTraits & { number: number; hash: string })[]): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "EntryTraits" ("datasetId", "number", "structureHash", "prototype", "pearson", "spaceGroupNumber", "fingerprint", "lines")
    SELECT e."datasetId", e."number", r."hash", r."prototype", r."pearson", r."spaceGroupNumber",
      decode(r."fingerprint", 'base64'), decode(r."lines", 'base64')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("number" integer, "hash" text, "prototype" text, "pearson" text,
      "spaceGroupNumber" integer, "fingerprint" text, "lines" text)
    JOIN "Entry" e ON e."datasetId" = ${datasetId}::uuid AND e."number" = r."number"
    ON CONFLICT ("datasetId", "number") DO UPDATE SET "structureHash" = EXCLUDED."structureHash", "prototype" = EXCLUDED."prototype",
      "pearson" = EXCLUDED."pearson", "spaceGroupNumber" = EXCLUDED."spaceGroupNumber", "fingerprint" = EXCLUDED."fingerprint",
      "lines" = EXCLUDED."lines"`;
}
