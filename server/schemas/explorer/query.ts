/** What is asked of a dataset's rows; all of it must hold. The address of the page says the same. */
export interface Query {
  /** The search box. */
  text: string;
  /** Elements that must be there, must not be, and of which one at least must be. */
  include: string[];
  exclude: string[];
  any: string[];
  /** No other elements than those included and those of which any may be there. */
  isOnly: boolean;
  /** By column: from and to, both included; null is open. */
  ranges: Record<string, readonly [number | null, number | null]>;
  /** By column of words: one of these. */
  words: Record<string, string[]>;
  /** By column: whether a value must be there, must not have been computed, or must have failed. */
  known: Record<string, 'known' | 'absent' | 'failed'>;
}

export const emptyQuery: Query = {
  text: '',
  include: [],
  exclude: [],
  any: [],
  isOnly: false,
  ranges: {},
  words: {},
  known: {},
};

export interface SortKey {
  /** A column's name, `formula` or `id`. */
  by: string;
  isDescending: boolean;
}
