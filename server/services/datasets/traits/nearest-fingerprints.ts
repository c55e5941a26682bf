import { FINGERPRINT_LENGTH } from '@/kernels/crystal/fingerprint';
import { db } from '@/server/db/client';

export interface NearEntry {
  number: number;
  /** Half of one less the cosine. */
  distance: number;
}

/** The entries of a dataset whose fingerprints are nearest to one, the nearest first. All of them come in one row, about 100 bytes each. */
export async function nearestFingerprints(
  datasetId: string,
  fingerprint: Int8Array,
  limit: number,
): Promise<NearEntry[]> {
  const [row] = await db().$queryRaw<{ numbers: number[] | null; prints: Uint8Array | null }[]>`
    SELECT array_agg("number" ORDER BY "number") AS "numbers", string_agg("fingerprint", ''::bytea ORDER BY "number") AS "prints"
    FROM "EntryTraits" WHERE "datasetId" = ${datasetId}::uuid AND length("fingerprint") = ${FINGERPRINT_LENGTH}`;
  if (!row?.numbers || !row.prints) return [];
  const prints = new Int8Array(row.prints.buffer, row.prints.byteOffset, row.prints.byteLength);
  const own = Math.sqrt(dot(fingerprint, fingerprint));
  return row.numbers
    .map((number, i) => {
      const at = i * FINGERPRINT_LENGTH;
      const other = prints.subarray(at, at + FINGERPRINT_LENGTH);
      const cosine = dot(fingerprint, other) / (own * Math.sqrt(dot(other, other)));
      return { number, distance: (1 - cosine) / 2 };
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit);
}

function dot(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < FINGERPRINT_LENGTH; i++) sum += a[i]! * b[i]!;
  return sum;
}
