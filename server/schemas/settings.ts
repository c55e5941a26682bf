import { z } from 'zod';
import { type functionals, occupationSchemes } from '@/kernels/planewave/schema';
import { cleanLine, idSchema, lineSchema, meshSchema, vectorSchema } from './common';
import { ConditionError, parseCondition } from './condition';

/** Before which of the same person's other calculations it runs. */
export const priorities = ['low', 'normal', 'high'] as const;
export type Priority = (typeof priorities)[number];

export const protocols = ['fast', 'balanced', 'stringent'] as const;
export const electronicTypes = ['metal', 'insulator', 'unknown'] as const;
export type Protocol = (typeof protocols)[number];
export type ElectronicType = (typeof electronicTypes)[number];
export type Functional = (typeof functionals)[number];

const SETTINGS_MAX = 100;
const WORD_MAX = 1000;
const DEPTH_MAX = 3;

/** A number, a word, or short lists and groups of them: what a form can hold. */
function isSetting(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.length <= WORD_MAX && value === cleanLine(value);
  if (value === null || typeof value !== 'object') return true;
  if (depth === DEPTH_MAX) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= SETTINGS_MAX && entries.every(([key, inner]) => isSetting(key) && isSetting(inner, depth + 1))
  );
}

const isShort = (record: object) => Object.keys(record).length <= SETTINGS_MAX;

/**
 * Settings as typed, by property; each property's own schema decides later whether they are right. Bounded in size and
 * depth, since they are kept whatever they hold.
 */
export const propertySettingsSchema = z
  .record(
    lineSchema.max(40),
    z
      .record(
        lineSchema.max(60),
        z
          .unknown()
          .refine((value) => isSetting(value), 'a setting is a number, a line of text, or a short list of them'),
      )
      .refine(isShort, `at most ${SETTINGS_MAX} settings`),
  )
  .refine(isShort, `at most ${SETTINGS_MAX} properties`);

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
    /** The real-space grid itself. */
    fftGrid: meshSchema,
    energyToleranceHartreePerAtom: z.number().positive().max(1e-2),
    maxIterations: z.number().int().min(1).max(1000),
    symmetry: z.boolean(),
    pseudopotentialEntries: z
      .record(lineSchema.max(3), lineSchema.max(60))
      .refine(isShort, `at most ${SETTINGS_MAX} elements`),
  })
  .partial();

const conditionSchema = lineSchema.superRefine((text, context) => {
  try {
    parseCondition(text);
  } catch (err) {
    if (!(err instanceof ConditionError)) throw err;
    context.addIssue(err.message);
  }
});

/** What is watched while a job runs, and ends it with a failure of its own name; null: not watched. */
export const monitorsSchema = z.object({
  /** Iterations in which the self-consistent cycle comes no nearer to its threshold. */
  stalledIterations: z.number().int().min(2).max(1000).nullable().default(null),
  /** Between two iterations, once the cycle should have settled. */
  energyJumpEv: z.number().positive().max(1e6).nullable().default(null),
  /** Share of the time limit after which the job is asked to write its checkpoint and end. */
  timeShare: z.number().min(0.1).max(0.99).nullable().default(null),
  /** Over the numbers that a job tells: `iteration > 30 and residual > 1e-3`. */
  condition: conditionSchema.nullable().default(null),
});
export type Monitors = z.infer<typeof monitorsSchema>;

export const scratchPolicies = ['kept', 'until-success', 'days'] as const;

export const resourcesSchema = z.object({
  /** Null: this computer. */
  computerId: idSchema.nullable().default(null),
  cores: z.number().int().min(1).max(1024).nullable().default(null),
  priority: z.enum(priorities).default('normal'),
  timeLimitSeconds: z
    .number()
    .int()
    .min(10)
    .max(30 * 86_400)
    .default(43_200),
  monitors: monitorsSchema.prefault({}),
  /** Whether known failures are met by starting again with something changed. */
  restarts: z.boolean().default(true),
  /** What becomes of the folders in which jobs ran; what is worth keeping of them is in the blob store. */
  scratch: z
    .object({
      policy: z.enum(scratchPolicies).default('days'),
      /** From the end of a job, where the policy is `days`. */
      days: z.number().int().min(1).max(3650).default(1),
    })
    .prefault({}),
});

export const engines = ['planewave', 'espresso'] as const;
export type EngineName = (typeof engines)[number];

/** `d3bj` is Becke and Johnson's damping, `d3` the original one at short range; the last two are functionals of their own. */
export const dispersions = ['none', 'd3bj', 'd2', 'd3', 'rvv10', 'vdw-df2-c09'] as const;
export type Dispersion = (typeof dispersions)[number];

/** The database keeps no zero bytes. */
const isPlainText = (text: string) => !text.includes('\0');

/** Which program computes, and the physics beside the functional. All have defaults, so that older drafts and snapshots read as before. */
export const physicsSchema = z.object({
  engine: z.enum(engines).default('planewave'),
  magnetism: z
    .strictObject({
      kind: z.enum(['none', 'collinear']),
      /** Starting moment of each site, Bohr magnetons; null: those of the structure. */
      moments: z.array(z.number().min(-20).max(20)).max(1000).nullable().default(null),
      /** Fixes the moment of the cell, Bohr magnetons; null: free. */
      totalMagnetisation: z.number().min(-1000).max(1000).nullable().default(null),
    })
    .prefault({ kind: 'none' }),
  dispersion: z.enum(dispersions).default('none'),
  /** Of the cell, in units of e. */
  charge: z.number().min(-100).max(100).default(0),
  hubbard: z
    .array(
      z.object({
        element: lineSchema.max(3),
        manifold: z.string().regex(/^[1-7][spdf]$/),
        uEv: z.number().min(-20).max(30),
      }),
    )
    .max(50)
    .default([]),
  spinOrbit: z.boolean().default(false),
  /** Null: the built-in family. */
  pseudopotentialFamilyId: idSchema.nullable().default(null),
  /** Input of pw.x as a person changed it, by the name of the job: `scf`, `bands-path`. */
  espressoEdits: z
    .record(lineSchema.max(60), z.string().max(200_000).refine(isPlainText, 'an input is plain text'))
    .refine(isShort, `at most ${SETTINGS_MAX} inputs`)
    .default({}),
});

export type Physics = z.infer<typeof physicsSchema>;
export type Overrides = z.infer<typeof overridesSchema>;
export type Resources = z.infer<typeof resourcesSchema>;
