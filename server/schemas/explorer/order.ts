import type { SortKey } from './query';
import type { Selection } from './select';
import type { Table } from './table';

/** Places of rows by a column, made once: equal values have one place, unknown ones the last. */
interface Ranks {
  ranks: Uint32Array;
  /** How many places there are, unknown ones not counted. */
  count: number;
}

/** Puts rows in order. A column is sorted once; after that an order costs one pass for each of its keys. */
export class Orderer {
  private readonly known = new Map<string, Ranks>();

  constructor(private readonly table: Table) {}

  /** The selected rows, by several columns; unknown values last, either way; what is alike in the dataset's own order. */
  order({ count, fails }: Selection, keys: readonly SortKey[]): Uint32Array {
    let rows = new Uint32Array(count);
    for (let row = 0, at = 0; row < fails.length; row++) if (fails[row] === 0) rows[at++] = row;
    for (const { by, isDescending } of keys.toReversed()) {
      const ranks = this.ranksOf(by);
      if (ranks) rows = sortByRank(rows, ranks, isDescending);
    }
    return rows;
  }

  private ranksOf(name: string): Ranks | null {
    let ranks = this.known.get(name);
    if (!ranks) {
      const made = this.makeRanks(name);
      if (!made) return null;
      ranks = made;
      this.known.set(name, ranks);
    }
    return ranks;
  }

  private makeRanks(name: string): Ranks | null {
    const { formulas, keys, columns } = this.table;
    if (name === 'formula') return ranksOfTexts(formulas);
    if (name === 'id') return ranksOfTexts(keys);
    const column = columns.get(name);
    if (!column) return null;
    if (column.is === 'text') {
      const count = column.words.length;
      return { count, ranks: Uint32Array.from(column.codes, (code) => (code < 0 ? count : code)) };
    }
    return ranksOfNumbers(column.values);
  }
}

/** Stable, by counting: each pass costs what the rows and the places number. */
function sortByRank(rows: Uint32Array, { ranks, count }: Ranks, isDescending: boolean): Uint32Array<ArrayBuffer> {
  const place = (row: number) => (ranks[row] === count || !isDescending ? ranks[row]! : count - 1 - ranks[row]!);
  const starts = new Uint32Array(count + 2);
  for (const row of rows) starts[place(row) + 1]! += 1;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) sorted[starts[place(row)]!++] = row;
  return sorted;
}

function ranksOfNumbers(values: Float64Array): Ranks {
  const sorted = Float64Array.from(values).sort();
  const distinct: number[] = [];
  // NaN stands at the end of a sorted typed array.
  for (const value of sorted) {
    if (Number.isNaN(value)) break;
    if (value !== distinct.at(-1)) distinct.push(value);
  }
  const count = distinct.length;
  const ranks = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    ranks[row] = Number.isNaN(value) ? count : lowerBound(distinct, value);
  }
  return { ranks, count };
}

function lowerBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** "mp-2" before "mp-10", as people count. */
const collator = new Intl.Collator('en', { numeric: true });

function ranksOfTexts(texts: readonly string[]): Ranks {
  const distinct = [...new Set(texts)].sort(collator.compare);
  const rankOf = new Map(distinct.map((text, rank) => [text, rank]));
  return { count: distinct.length, ranks: Uint32Array.from(texts, (text) => rankOf.get(text)!) };
}
