import { createInterface } from 'node:readline';
import { writtenFormula } from '@/kernels/crystal/formula';
import { streamBlob } from '@/server/db/blobs';
import type { FrozenEntry } from '@/server/schemas/result-sets';
import { readEntries, type WholeEntry } from '../export/read-entries';

/**
 * The lines of a result set: JSON of each entry in order, names of properties by the alphabet, a line feed behind each. Their SHA-256 names the
 * set, so whoever has the file can check it.
 */
export async function* setLines(datasetId: string, numbers: readonly number[]): AsyncGenerator<string> {
  for await (const entry of readEntries(datasetId, numbers, { withStructures: false }))
    yield `${JSON.stringify(frozen(entry))}\n`;
}

const frozen = (entry: WholeEntry): FrozenEntry => ({
  key: entry.key,
  formula: writtenFormula(entry.formulaReduced),
  sites: entry.siteCount,
  spaceGroup: entry.spaceGroupNumber,
  structure: entry.structureHash,
  properties: sorted(entry.properties) as Record<string, unknown>,
  failures: sorted(entry.failures ?? {}) as Record<string, string>,
});

/** Names by the alphabet at every depth: the database keeps them in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

/** As they were kept. */
export async function* keptLines(sha256: string): AsyncGenerator<string> {
  const stream = await streamBlob(sha256);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) if (line !== '') yield line;
  } finally {
    stream.destroy();
  }
}
