import { z } from 'zod';
import { eosResultSchema } from '@/server/schemas/results';

export const eosSettingsSchema = z.object({
  /** Volumes, evenly spaced about that of the structure. */
  count: z.number().int().min(5).max(21),
  /** The largest change of the volume, of itself: 0.06 is from 94 to 106 %. */
  range: z.number().min(0.01).max(0.2),
  /** Whether the atoms come to rest at each volume. */
  relaxAtoms: z.boolean(),
});
export const eosResultsSchema = eosResultSchema;
export type EosSettings = z.infer<typeof eosSettingsSchema>;
export type { EosResult as EosResults } from '@/server/schemas/results';
