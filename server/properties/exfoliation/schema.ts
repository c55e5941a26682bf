import { z } from 'zod';
import { exfoliationResultSchema } from '@/server/schemas/results';

export const exfoliationSettingsSchema = z.object({
  /** Whether the atoms of a layer come to rest when it is alone. Published energies are of layers as they are in the crystal. */
  relaxLayers: z.boolean(),
});
export const exfoliationResultsSchema = exfoliationResultSchema;
export type ExfoliationSettings = z.infer<typeof exfoliationSettingsSchema>;
export type { ExfoliationResult as ExfoliationResults } from '@/server/schemas/results';
