import { z } from 'zod';
import { idSchema, lineSchema } from './common';

/** Servers of OPTIMADE that one project asks. */
export const PROVIDERS_MAX = 60;
/** Entries that are kept of one search, of all servers together. */
export const FOUND_MAX = 5_000;
/** That are read at once of one server. */
export const PAGE_LIMIT = 50;
/** The same crystal of two databases: lengths differ by at most this share, and atoms lie at most so far apart, in (V/N)^(1/3). */
export const SAME_LENGTHS = 0.06;
export const SAME_RMS = 0.05;
/** Searches that nobody looks at go after so many days. */
export const SEARCH_DAYS = 14;

const sitesSchema = z.number().int().min(1).max(100_000);

export const addProviderSchema = z.object({
  name: lineSchema.trim().max(100).default(''),
  url: z.string().trim().min(1).max(2_000),
});
export const providerIdSchema = z.object({ id: idSchema });
export const switchProviderSchema = z.object({ id: idSchema, isEnabled: z.boolean() });

export const startSearchSchema = z.object({
  /** What the search box of the explorer takes: a formula, elements, a pattern, or a filter of OPTIMADE. */
  text: z.string().trim().min(1, 'Say what to search for.').max(2_000),
  sitesMin: sitesSchema.nullish(),
  sitesMax: sitesSchema.nullish(),
  /** Of these servers only; by default of all that are switched on. */
  providerIds: z.array(idSchema).min(1).max(PROVIDERS_MAX).nullish(),
});
export const searchIdSchema = z.object({ id: idSchema });
export const goOnSchema = z.object({ id: idSchema, answerId: idSchema });
export const foundOrders = ['sites', '-sites', 'formula', '-formula', 'elements', '-databases'] as const;
export type FoundOrder = (typeof foundOrders)[number];
export const foundSchema = z.object({
  id: idSchema,
  order: z.enum(foundOrders).default('sites'),
  /** Rows before the page. */
  cursor: z.number().int().min(0).max(FOUND_MAX).nullish(),
  limit: z.number().int().min(1).max(100).default(25),
});
/** One entry of a search. */
export const remoteEntrySchema = z.object({ id: idSchema, entryId: idSchema });

export interface Provider {
  id: string;
  name: string;
  url: string;
  isEnabled: boolean;
  /** Comes with the platform; it can be switched off and not removed. */
  isKnown: boolean;
}

/** The filter of a search with its limits of sites. */
export function wholeFilter({
  filter,
  sitesMin,
  sitesMax,
}: Pick<RemoteSearchSummary, 'filter' | 'sitesMin' | 'sitesMax'>): string {
  const limits = [
    ...(sitesMin === null ? [] : [`nsites >= ${sitesMin}`]),
    ...(sitesMax === null ? [] : [`nsites <= ${sitesMax}`]),
  ];
  return [...(filter === '' ? [] : [limits.length > 0 ? `(${filter})` : filter]), ...limits].join(' AND ');
}

/** What one step of looking at a server gave. */
export interface ProviderTest {
  steps: { name: 'info' | 'structure'; isGood: boolean; text: string; latencyMs: number | null }[];
}

export interface RemoteAnswer {
  id: string;
  name: string;
  url: string;
  state: 'asking' | 'answered' | 'failed';
  found: number;
  refused: number;
  /** As the server says; null where it does not. */
  total: number | null;
  hasMore: boolean;
  latencyMs: number | null;
  failure: string | null;
  notes: string[];
}

export interface RemoteSearchSummary {
  id: string;
  text: string;
  filter: string;
  sitesMin: number | null;
  sitesMax: number | null;
  createdAt: Date;
}

export interface RemoteSearch extends RemoteSearchSummary {
  answers: RemoteAnswer[];
  /** Entries that are not yet compared with the others, and that would have taken too long to. */
  uncompared: { waiting: number; skipped: number };
}

/** One crystal, with all the databases that have it. */
export interface FoundRow {
  /** The entry that stands for it. */
  id: string;
  formula: string;
  sites: number;
  spaceGroupNumber: number | null;
  /** The first of its entries, by the time that they came; `count` is of all. */
  members: { id: string; key: string; database: string; sites: number; href: string }[];
  count: number;
}

export interface FoundPage {
  rows: FoundRow[];
  /** Crystals in all. */
  count: number;
  nextCursor: number | null;
}
