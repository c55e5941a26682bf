import type { Page } from '@/server/schemas/common';

/** One page of rows that were read with one more than asked for: the extra one tells whether there is a next page. */
export function toPage<Row extends { id: string }, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  return { items: shown.map(toItem), nextCursor: rows.length > limit ? shown.at(-1)!.id : null };
}
