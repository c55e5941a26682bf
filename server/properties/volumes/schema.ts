import { z } from 'zod';
import { vectorSchema } from '@/server/schemas/common';
import { volumesResultSchema } from '@/server/schemas/results';

export const volumesSettingsSchema = z.object({
  density: z.boolean(),
  /** Up minus down; only with magnetism. */
  spinDensity: z.boolean(),
  localPotential: z.boolean(),
  /** The square of each with the sign of its real part where it has one. The lowest band is 0. */
  orbitals: z
    .array(
      z.object({
        kpoint: vectorSchema,
        band: z.number().int().min(0).max(5000),
      }),
    )
    .max(20),
});
export const volumesResultsSchema = volumesResultSchema;
export type VolumesSettings = z.infer<typeof volumesSettingsSchema>;
export type { VolumesResult as VolumesResults } from '@/server/schemas/results';
