/** What the platform calls its own dataset. */
export const SMALL_CRYSTALS = {
  slug: 'small-crystals',
  title: 'Small crystals, computed here',
  description:
    'Elements, compounds and single layers of up to four atoms, relaxed and computed with Brine’s own engine (PBE). Each entry says how it was made, and can be made again.',
  licence: 'CC0 1.0',
  citation: 'Brine, small crystals computed with its embedded plane-wave engine.',
} as const;

/** Where the dataset lies and grows, from the root of Brine. */
export const SMALL_CRYSTALS_FOLDER = 'data/small-crystals';
/** One record a line: all that is needed to compute each again, and what came out. */
export const RESULTS_FILE = 'results.jsonl';
/** The dataset itself, OPTIMADE JSON Lines: follows from the results. */
export const ENTRIES_FILE = 'entries.jsonl';
