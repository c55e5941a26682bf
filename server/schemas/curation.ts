import { z } from 'zod';
import { lineSchema } from './common';
import { type CurationSettings, curationSettingsSchema } from './curation-settings';
import { datasetSlugSchema } from './datasets';

/** Sources stand in the order of preference. */
export const curateSchema = z.object({
  slugs: z.array(datasetSlugSchema).min(1).max(20),
  title: lineSchema.trim().min(1).max(200),
  settings: curationSettingsSchema.prefault({}),
  /** The dataset that an earlier run made. */
  againOf: datasetSlugSchema.optional(),
});

/** Why an entry is rejected, in the order in which it is looked at. */
export const rejectionReasons = {
  'no-coordinates': 'It has no coordinates',
  'no-crystal': 'It does not repeat in three directions',
  'left-out-element': 'It has an element that was left out',
  disorder: 'Sites are partly occupied or shared',
  'implicit-atoms': 'Atoms are missing from its sites',
  'formula-differs': 'Its formula is not that of its sites',
  overlap: 'Atoms are too close',
  'no-symmetry': 'Its symmetry could not be found',
  'too-many-atoms': 'Its primitive cell has too many atoms',
  'too-costly': 'Looking at it took more time or memory than is allowed',
} as const;
export type RejectionReason = keyof typeof rejectionReasons;

export const listRejectionsSchema = z.object({
  slug: datasetSlugSchema,
  reason: z.enum(Object.keys(rejectionReasons) as [RejectionReason, ...RejectionReason[]]).optional(),
  /** The position of the last one of the page before. */
  cursor: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1_000).default(100),
});

export interface CurationReport {
  step: string;
  sources: { slug: string; title: string; revision: number; entryCount: number }[];
  settings: CurationSettings;
  total: number;
  examined: number;
  rejected: { reason: string; count: number }[];
  passed: number;
  groups: number;
  families: number;
  written: number;
  keptSha256: string | null;
  /** Against the run before; null where there was none or its dataset is gone. */
  since: { came: { count: number; keys: string[] }; went: { count: number; keys: string[] } } | null;
}

export interface Rejection {
  position: number;
  slug: string;
  key: string;
  formula: string;
  reason: string;
  detail: string;
}
