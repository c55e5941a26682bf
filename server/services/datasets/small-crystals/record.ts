import { z } from 'zod';
import { planewaveInputSchema } from '@/kernels/planewave/schema';

const vector = z.tuple([z.number(), z.number(), z.number()]);

const edgeSchema = z.object({
  energyHartree: z.number(),
  band: z.number().int(),
  spin: z.number().int(),
  fractional: vector,
  label: z.string().nullable(),
});

/** What is kept of the output of a run; all of it comes back when the input is run again. */
const keptOutputSchema = z.object({
  converged: z.boolean(),
  energyHartree: z.number().nullable(),
  energyZeroWidthHartree: z.number().nullable(),
  termsHartree: z.record(z.string(), z.number()).nullable(),
  fermiHartree: z.number(),
  electrons: z.number(),
  gap: z.object({
    gapHartree: z.number(),
    kind: z.enum(['direct', 'indirect', 'metal']),
    directHartree: z.number().nullable(),
    valence: edgeSchema.nullable(),
    conduction: edgeSchema.nullable(),
  }),
  /** Of a relaxation: where it ended, and what was left. */
  final: z
    .object({
      cellAngstrom: z.tuple([vector, vector, vector]),
      fractional: z.array(vector),
      largestForceHartreePerBohr: z.number(),
      pressureGpa: z.number().nullable(),
      geometries: z.number().int(),
    })
    .optional(),
  stressHartreePerBohr3: z.tuple([vector, vector, vector]).optional(),
  spaceGroupNumber: z.number().nullable(),
  pseudopotentials: z.record(z.string(), z.string()),
  irreducibleKpoints: z.number(),
  backend: z.string(),
  notes: z.array(z.string()),
  seconds: z.number(),
});
export type KeptOutput = z.infer<typeof keptOutputSchema>;

export const runSchema = z.object({
  name: z.enum(['relax', 'bands']),
  /** Byte for byte what the kernel was given. */
  input: z.custom<z.input<typeof planewaveInputSchema>>((value) => planewaveInputSchema.safeParse(value).success),
  /** Null where the run failed. */
  output: keptOutputSchema.nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type Run = z.infer<typeof runSchema>;

/** One line of results.jsonl: a compound with everything that is needed to compute it again, and what came out. */
export const recordSchema = z.object({
  id: z.string(),
  protocol: z.string(),
  kernel: z.object({ version: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  endedAt: z.iso.datetime(),
  runs: z.array(runSchema).min(1),
});
export type CompoundRecord = z.infer<typeof recordSchema>;
