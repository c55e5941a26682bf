import { db } from '@/server/db/client';
import type { DiskUse } from '@/server/schemas/calculation';

interface Row {
  id: string;
  resultBytes: bigint;
  scratchBytes: bigint | null;
  remoteBytes: bigint | null;
  measuredAt: Date | null;
}

/** What calculations hold on disks: from rows alone, so that no page waits for a disk. Equal files of a calculation count once. */
export async function diskUseOf(calculationIds: string[]): Promise<Map<string, DiskUse>> {
  if (calculationIds.length === 0) return new Map();
  const rows = await db().$queryRaw<Row[]>`
    SELECT c."id", kept."bytes" AS "resultBytes", run."scratchBytes", run."remoteBytes", run."measuredAt"
    FROM unnest(${calculationIds}::uuid[]) AS c("id")
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(b."bytes"), 0)::bigint AS "bytes" FROM (
        SELECT DISTINCT f."sha256" FROM "Process" p
          JOIN "Link" l ON l."processId" = p."id" AND l."kind" = 'create'
          JOIN "DataNodeFile" f ON f."dataNodeId" = l."dataNodeId"
        WHERE p."calculationId" = c."id") own
      JOIN "Blob" b ON b."sha256" = own."sha256") kept
    CROSS JOIN LATERAL (
      SELECT sum(CASE WHEN p."cleanedAt" IS NULL THEN p."scratchBytes" ELSE 0 END)::bigint AS "scratchBytes",
        sum(CASE WHEN p."remoteCleanedAt" IS NULL THEN p."remoteBytes" ELSE 0 END)::bigint AS "remoteBytes",
        max(p."measuredAt") AS "measuredAt"
      FROM "Process" p WHERE p."calculationId" = c."id" AND p."measuredAt" IS NOT NULL) run`;
  return new Map(
    rows.map(({ id, resultBytes, scratchBytes, remoteBytes, measuredAt }) => [
      id,
      {
        resultBytes: Number(resultBytes),
        scratchBytes: toNumber(scratchBytes),
        remoteBytes: toNumber(remoteBytes),
        measuredAt,
      },
    ]),
  );
}

const toNumber = (bytes: bigint | null) => (bytes === null ? null : Number(bytes));
