import { z } from 'zod';
import { meshSchema } from '@/server/schemas/common';
import { dosResultSchema } from '@/server/schemas/results';

export const dosSettingsSchema = z.object({
  method: z.enum(['tetrahedra', 'gaussian']),
  /** Mesh distance, 1/angstrom with 2 pi. */
  distancePerAngstrom: z.number().min(0.01).max(5),
  /** The mesh itself; null: from the distance. */
  mesh: meshSchema.nullable(),
  /** Standard deviation, with method gaussian. */
  widthEv: z.number().min(0.001).max(5),
  stepEv: z.number().min(0.0005).max(1),
  count: z.number().int().min(1).max(2000).nullable(),
  /** The share of every atomic orbital in every state. */
  projections: z.boolean(),
});
export const dosResultsSchema = dosResultSchema;
export type DosSettings = z.infer<typeof dosSettingsSchema>;
export type { DosResult as DosResults } from '@/server/schemas/results';
