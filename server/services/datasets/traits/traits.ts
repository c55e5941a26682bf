/** What follows from an entry's structure and finds its kin; null where it is no crystal or too large. */
export interface EntryTraits {
  prototype: string | null;
  pearson: string | null;
  /** Found by us with 0.01 angstrom, whatever the entry says of itself. */
  spaceGroupNumber: number | null;
  /** Whole numbers from -127 to 127 as base64, in proportion to the crystal's fingerprint. */
  fingerprint: string | null;
  /** Pairs of 32-bit floats as base64, logarithms of spacings first: what `strongLines` gives. */
  lines: string | null;
}

export const noTraits: EntryTraits = {
  prototype: null,
  pearson: null,
  spaceGroupNumber: null,
  fingerprint: null,
  lines: null,
};
