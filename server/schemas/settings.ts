import { z } from 'zod';
import { type functionals, occupationSchemes } from '@/kernels/planewave/schema';
import { idSchema, meshSchema, vectorSchema } from './common';

export const protocols = ['fast', 'balanced', 'stringent'] as const;
export const electronicTypes = ['metal', 'insulator', 'unknown'] as const;
export type Protocol = (typeof protocols)[number];
export type ElectronicType = (typeof electronicTypes)[number];
export type Functional = (typeof functionals)[number];

/** Each derived number of the calculation that a person may set by hand; an absent one is derived. */
export const overridesSchema = z
  .object({
    cutoffHartree: z.number().positive().max(500),
    mesh: meshSchema,
    /** In mesh steps: 0 is Gamma-centred, 0.5 half a step. */
    shift: vectorSchema,
    scheme: z.enum(occupationSchemes),
    widthHartree: z.number().positive().max(1),
    gridScale: z.number().min(1).max(4),
    energyToleranceHartreePerAtom: z.number().positive().max(1e-2),
    maxIterations: z.number().int().min(1).max(1000),
    symmetry: z.boolean(),
    pseudopotentialEntries: z.record(z.string(), z.string().max(60)),
  })
  .partial();

export const resourcesSchema = z.object({
  /** Null: this computer. */
  computerId: idSchema.nullable().default(null),
  cores: z.number().int().min(1).max(1024).nullable().default(null),
  timeLimitSeconds: z
    .number()
    .int()
    .min(10)
    .max(30 * 86_400)
    .default(43_200),
});

export type Overrides = z.infer<typeof overridesSchema>;
export type Resources = z.infer<typeof resourcesSchema>;
