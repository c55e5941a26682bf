/**
 * What the browser holds of all entries of a dataset, column by column: row i is the entry of number i + 1. Numbers are rounded to six digits,
 * which no plot or filter sees; the entry's own page has them whole. Null is "not computed", never zero.
 */
export interface DatasetIndex {
  revision: number;
  rows: number;
  keys: string[];
  /** Reduced, as chemists write them. */
  formulas: string[];
  siteCounts: number[];
  periodicCounts: number[];
  spaceGroups: (number | null)[];
  /** Å³ per atom, of crystals. */
  volumesPerAtom: (number | null)[];
  /** Properties with one value an entry, in the order of the dataset's definitions. */
  properties: { name: string; values: (number | string | boolean | null)[] }[];
  /** Rows of entries whose computation of a property failed. */
  failed: { name: string; rows: number[] }[];
}
