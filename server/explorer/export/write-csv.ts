import { csvLine } from '@/server/schemas/csv';
import type { ColumnHead } from '@/server/schemas/explorer/columns';
import { cellOf, headings } from './cells';
import type { WholeEntry } from './read-entries';

/** A table for spreadsheets: units in its headings; what was not computed is empty, and what failed says so with the reason. */
export async function* writeCsv(
  entries: AsyncIterable<WholeEntry>,
  heads: readonly ColumnHead[],
): AsyncGenerator<string> {
  yield csvLine(['id', 'formula', ...headings(heads)]);
  for await (const entry of entries) {
    const cells = heads.map(({ name }) => cellOf(entry, name) ?? failure(entry, name));
    yield csvLine([cellOf(entry, 'id'), cellOf(entry, 'formula'), ...cells]);
  }
}

export const failure = ({ failures }: WholeEntry, name: string): string | null =>
  failures?.[name] === undefined ? null : `failed: ${failures[name]}`;
