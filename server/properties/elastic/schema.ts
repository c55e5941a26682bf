import { z } from 'zod';
import { elasticResultSchema } from '@/server/schemas/results';

export const elasticSettingsSchema = z.object({
  /** Of each strain, up and down: 0.005 changes a length by 0.5 %. */
  amplitude: z.number().min(0.001).max(0.03),
  /** Whether the atoms come to rest in each strained cell. */
  relaxAtoms: z.boolean(),
});
export const elasticResultsSchema = elasticResultSchema;
export type ElasticSettings = z.infer<typeof elasticSettingsSchema>;
export type { ElasticResult as ElasticResults } from '@/server/schemas/results';
