import { z } from 'zod';

/** What decides within one source, one after the other. */
export const choices = ['fewest-warnings', 'newest', 'smallest-cell'] as const;

/** How raw entries become unique crystals. */
export const curationSettingsSchema = z.object({
  version: z.literal(1).default(1),
  /** No entry with one of these elements is taken. */
  elementsLeftOut: z
    .array(z.string().regex(/^[A-Z][a-z]?$/))
    .max(120)
    .default([]),
  leavesOutDisorder: z.boolean().default(true),
  leavesOutImplicitAtoms: z.boolean().default(true),
  /** Whether the formula that the source gives must be that of the sites. */
  comparesFormula: z.boolean().default(true),
  minimumDistanceAngstrom: z.number().min(0).max(3).default(0.6),
  primitiveSitesMax: z.number().int().min(1).max(200).default(64),
  symmetryToleranceAngstrom: z.number().min(1e-5).max(0.5).default(0.01),
  /** Of lengths the share, of sites in units of (V/N)^(1/3). */
  lengthTolerance: z.number().min(0).max(0.5).default(0.2),
  angleToleranceDegrees: z.number().min(0).max(20).default(5),
  siteTolerance: z.number().min(0).max(1).default(0.3),
  within: z
    .array(z.enum(choices))
    .max(3)
    .default([...choices]),
});
export type CurationSettings = z.infer<typeof curationSettingsSchema>;
