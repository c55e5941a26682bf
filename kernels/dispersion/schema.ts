import { z } from 'zod';
import { structureInputSchema } from '../crystal/schema';

/** Functionals of the engines; the correction is made for gradient functionals, and local ones are refused. */
export const dispersionFunctionals = ['lda-pz', 'lda-pw92', 'pbe', 'pbesol'] as const;

const vector = z.tuple([z.number(), z.number(), z.number()]);

export const dispersionInputSchema = z.object({
  /** A crystal, a slab or wire (`periodic` says along which cell vectors it repeats), or a molecule without a cell. */
  structure: structureInputSchema,
  functional: z.enum(dispersionFunctionals).default('pbe'),
  /** The three-body term as well: the parameters were fitted without it, and it takes long for many atoms. */
  threeBody: z.boolean().default(false),
});

export type DispersionInput = z.input<typeof dispersionInputSchema>;

export const dispersionOutputSchema = z.object({
  version: z.string(),
  method: z.literal('d3bj'),
  energyHartree: z.number(),
  /** The part of it that is the three-body term; null without. */
  threeBodyEnergyHartree: z.number().nullable(),
  /** -dE/dR of every site. */
  forcesHartreePerBohr: z.array(vector),
  /** (1/volume) dE/dstrain, positive under tension; null without a cell. */
  stressHartreePerBohr3: z.tuple([vector, vector, vector]).nullable(),
  coordinationNumbers: z.array(z.number()),
});

export type DispersionOutput = z.output<typeof dispersionOutputSchema>;
