import { z } from 'zod';
import { bandsResultSchema } from '@/server/schemas/results';

export const bandsSettingsSchema = z.object({
  /** Largest step between points of the path, 1/angstrom with 2 pi. */
  stepPerAngstrom: z.number().min(0.001).max(2),
  /** Number of bands; null: the larger of 1.2 times the occupied and 4 more. */
  count: z.number().int().min(1).max(2000).nullable(),
  /** The share of every atomic orbital in every state. */
  projections: z.boolean(),
});
export const bandsResultsSchema = bandsResultSchema;
export type BandsSettings = z.infer<typeof bandsSettingsSchema>;
export type { BandsResult as BandsResults } from '@/server/schemas/results';
