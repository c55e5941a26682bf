import { elements } from '@/kernels/crystal/elements';
import type { DatasetIndex } from '@/server/schemas/dataset-index';

/** Which elements a row has, as bits: element Z is bit (Z - 1) of four words. */
export const WORDS = 4;
const numberOfSymbol = new Map(elements.map(({ symbol, atomicNumber }) => [symbol, atomicNumber]));

export type Column =
  /** NaN where the value is not known. */
  | { is: 'number'; values: Float64Array }
  /** Codes into `words`, which stand by the alphabet; -1 where the value is not known. */
  | { is: 'text'; codes: Int32Array; words: string[] };

/** A dataset in typed arrays: what filters, orders and plots work on. */
export interface Table {
  rows: number;
  keys: string[];
  formulas: string[];
  /** Four words a row. */
  masks: Uint32Array;
  columns: Map<string, Column>;
  /** One for each row whose computation failed, by the name of the property. */
  failed: Map<string, Uint8Array>;
}

/** Columns that every dataset has, beside its properties. */
export const builtInColumns = ['sites', 'elements', 'spacegroup', 'volume'] as const;

export function readTable(index: DatasetIndex): Table {
  const { rows, keys, formulas } = index;
  const masks = new Uint32Array(WORDS * rows);
  const elementCounts = new Float64Array(rows);
  for (let row = 0; row < rows; row++) elementCounts[row] = writeMask(masks, row, formulas[row]!);
  const columns = new Map<string, Column>([
    ['sites', numberColumn(index.siteCounts)],
    ['elements', { is: 'number', values: elementCounts }],
    ['spacegroup', numberColumn(index.spaceGroups)],
    ['volume', numberColumn(index.volumesPerAtom)],
  ]);
  for (const { name, values } of index.properties) columns.set(name, columnOf(values));
  const failed = new Map(
    index.failed.map(({ name, rows: failedRows }) => {
      const marks = new Uint8Array(rows);
      for (const row of failedRows) marks[row] = 1;
      return [name, marks];
    }),
  );
  return { rows, keys, formulas, masks, columns, failed };
}

/** Sets the bits of a formula's elements; gives how many there are. */
function writeMask(masks: Uint32Array, row: number, formula: string): number {
  let count = 0;
  for (let i = 0; i < formula.length; ) {
    const isLong = i + 1 < formula.length && formula.charCodeAt(i + 1) >= 97;
    const number = numberOfSymbol.get(formula.slice(i, i + (isLong ? 2 : 1)));
    i += isLong ? 2 : 1;
    while (i < formula.length && formula.charCodeAt(i) < 65) i++;
    if (number === undefined) continue;
    const bit = number - 1;
    masks[WORDS * row + (bit >> 5)]! |= 1 << (bit & 31);
    count++;
  }
  return count;
}

/** The bits of some elements, as one row of masks; symbols that are none are left out. */
export function maskOf(symbols: readonly string[]): Uint32Array {
  const mask = new Uint32Array(WORDS);
  for (const symbol of symbols) {
    const number = numberOfSymbol.get(symbol);
    if (number !== undefined) mask[(number - 1) >> 5]! |= 1 << ((number - 1) & 31);
  }
  return mask;
}

const numberColumn = (values: readonly (number | null)[]): Column => ({
  is: 'number',
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});

function columnOf(values: readonly (number | string | boolean | null)[]): Column {
  const first = values.find((value) => value !== null);
  if (typeof first === 'number') return numberColumn(values as (number | null)[]);
  const texts = values.map((value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value as string | null)));
  const words = [...new Set(texts.filter((text) => text !== null))].sort();
  const codeOf = new Map(words.map((word, code) => [word, code]));
  return { is: 'text', words, codes: Int32Array.from(texts, (text) => (text === null ? -1 : codeOf.get(text)!)) };
}
