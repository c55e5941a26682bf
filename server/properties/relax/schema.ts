import { z } from 'zod';
import { relaxResultSchema } from '@/server/schemas/results';

/** What may move beside the atoms: nothing, the whole cell, or the cell's volume at its shape. */
export const relaxCells = ['fixed', 'full', 'volume'] as const;

export const relaxSettingsSchema = z.object({
  cell: z.enum(relaxCells),
  /** The pressure under which the cell comes to rest. */
  pressureGpa: z.number().min(-100).max(1000),
  /** The largest component of a force at the end. */
  forceToleranceEvPerAngstrom: z.number().min(1e-5).max(1),
  maxSteps: z.number().int().min(1).max(1000),
  /** Sites that keep their place; the first is 0. */
  fixed: z.array(z.number().int().min(0)).max(1000),
});
export const relaxResultsSchema = relaxResultSchema;
export type RelaxSettings = z.infer<typeof relaxSettingsSchema>;
export type { RelaxResult as RelaxResults } from '@/server/schemas/results';
