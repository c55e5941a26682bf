import { z } from 'zod';
import { vectorSchema } from './common';

const nullableNumber = z.number().nullable();

/** A band edge: its energy, its band (0 is the lowest) and where. */
export const bandEdgeSchema = z.object({
  energyEv: z.number(),
  band: z.number().int(),
  fractional: vectorSchema,
  label: z.string().nullable(),
});

/** Over mesh and path together. */
export const gapSchema = z.object({
  gapEv: z.number(),
  kind: z.enum(['direct', 'indirect', 'metal']),
  directEv: nullableNumber,
  valence: bandEdgeSchema.nullable(),
  conduction: bandEdgeSchema.nullable(),
});

/** What every self-consistent calculation gives, of any engine. */
export const scfResultSchema = z.object({
  converged: z.boolean(),
  energyEv: nullableNumber,
  energyEvPerAtom: nullableNumber,
  energyZeroWidthEv: nullableNumber,
  termsEv: z.record(z.string(), z.number()).nullable(),
  fermiEv: z.number(),
  electrons: z.number(),
  gap: gapSchema,
  iterations: z.array(
    z.object({
      iteration: z.number(),
      energyEv: z.number(),
      /** As the kernel reports it, the same number as in the progress events. */
      residual: z.number(),
      seconds: z.number(),
    }),
  ),
  used: z.object({
    cutoffHartree: z.number(),
    fftGrid: z.tuple([z.number(), z.number(), z.number()]),
    planeWaves: z.number(),
    bands: z.number(),
    irreducibleKpoints: z.number(),
    symmetryOperations: z.number(),
    spaceGroupNumber: nullableNumber,
    pseudopotentials: z.record(z.string(), z.string()),
    backend: z.string(),
    threads: z.number(),
  }),
  notes: z.array(z.string()),
  timings: z.record(z.string(), z.number()),
  /** Name and build of the program. */
  program: z.object({ name: z.string(), version: z.string() }),
});

export const bandsResultSchema = z.object({
  /** In order along the path; `distance` (1/angstrom, 2 pi included) does not grow across a break. */
  kpoints: z.array(z.object({ fractional: vectorSchema, distance: z.number(), label: z.string().nullable() })),
  /** Ticks of the plot: at breaks two labels share one place (`U|K`). */
  ticks: z.array(z.object({ distance: z.number(), label: z.string() })),
  /** Runs of indices without a break, both ends included: draw each as its own line. */
  segments: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** [spin][kpoint][band] */
  energiesEv: z.array(z.array(z.array(z.number()))),
  fermiEv: z.number(),
  /** The zero of the plot and what it is. */
  zeroEv: z.number(),
  zero: z.enum(['fermi', 'valence-maximum']),
  gap: gapSchema,
  note: z.string().nullable(),
});

export const dosResultSchema = z.object({
  energiesEv: z.array(z.number()),
  /** [spin][energy], per cell. */
  statesPerEv: z.array(z.array(z.number())),
  integratedStates: z.array(z.array(z.number())),
  fermiEv: z.number(),
  zeroEv: z.number(),
  zero: z.enum(['fermi', 'valence-maximum']),
  method: z.enum(['tetrahedra', 'gaussian']),
  gap: gapSchema,
});

export type Gap = z.infer<typeof gapSchema>;
export type BandEdge = z.infer<typeof bandEdgeSchema>;
export type ScfResult = z.infer<typeof scfResultSchema>;
export type BandsResult = z.infer<typeof bandsResultSchema>;
export type DosResult = z.infer<typeof dosResultSchema>;
