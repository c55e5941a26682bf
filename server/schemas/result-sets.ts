import { z } from 'zod';
import { idSchema, labelSchema } from './common';
import { datasetSlugSchema } from './datasets';

/** What a person keeps of the explorer: a dataset, and what stands behind the question mark of the address. */
export const keepSchema = z.object({
  slug: datasetSlugSchema,
  name: labelSchema,
  search: z.string().max(8_000).default(''),
});

export const keptIdSchema = z.object({ id: idSchema });

export interface SavedQuery {
  id: string;
  name: string;
  search: string;
  dataset: { slug: string; title: string };
  createdAt: Date;
}

export interface ResultSet {
  id: string;
  name: string;
  search: string;
  /** As it was when the result was frozen; `isThere` says whether it can be asked today. */
  dataset: {
    slug: string;
    title: string;
    version: string;
    revision: number;
    licence: string;
    citation: string;
    isThere: boolean;
  };
  entryCount: number;
  /** SHA-256 of the lines, in order: keys with their values. */
  sha256: string;
  createdAt: Date;
}

/** An entry as a line of a result set has it. */
export interface FrozenEntry {
  key: string;
  formula: string;
  sites: number;
  spaceGroup: number | null;
  /** Hash of the structure; null for what came without one. */
  structure: string | null;
  properties: Record<string, unknown>;
  failures: Record<string, string>;
}

export interface ResultSetDetail extends ResultSet {
  /** The first of its entries, in order. */
  first: FrozenEntry[];
}

export interface SetChange {
  key: string;
  /** What has another value; null is none. */
  changes: { name: string; before: unknown; now: unknown }[];
}

/** A result set beside what its query finds today. Lists name the first ones; counts are of all. */
export interface SetComparison {
  version: string;
  revision: number;
  sha256: string;
  isSame: boolean;
  /** The same entries with the same values, in another order. */
  isReordered: boolean;
  added: { count: number; keys: string[] };
  gone: { count: number; keys: string[] };
  changed: { count: number; entries: SetChange[] };
}
