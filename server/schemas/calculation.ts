import { z } from 'zod';
import { structureInputSchema } from '@/kernels/crystal/schema';
import { functionals, occupationSchemes } from '@/kernels/planewave/schema';
import { idSchema, labelSchema, lineSchema, pageInputSchema } from './common';
import { afterSchema, type DraftData } from './draft';
import {
  type CalculationStep,
  calculationSteps,
  type Failure,
  type ProcessNode,
  type ProcessState,
  processStates,
} from './process';
import type { Resolved } from './resolved';
import type {
  BandsResult,
  DosResult,
  ElasticResult,
  EosResult,
  ExfoliationResult,
  RelaxResult,
  ScfResult,
  VolumesResult,
} from './results';
import {
  electronicTypes,
  overridesSchema,
  type Priority,
  physicsSchema,
  priorities,
  propertySettingsSchema,
  protocols,
  resourcesSchema,
} from './settings';

export interface CalculationSummary {
  id: string;
  kind: 'structure-wizard';
  label: string;
  formula: string;
  structureId: string;
  properties: string[];
  protocol: string;
  functional: string;
  state: ProcessState;
  phase: string | null;
  exitCode: number | null;
  failure: Failure | null;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  priority: Priority;
  /** Since when a person has it wait; null: it may run. Its jobs may still be on their way to a checkpoint. */
  pausedAt: Date | null;
}

export interface CalculationDetail extends CalculationSummary {
  /** As submitted: the draft's choices and what was derived from them. */
  inputs: { draft: DraftData; resolved: Resolved };
  tree: ProcessNode;
  /** Number of the newest event included here; subscribe after it. */
  lastEventNumber: number;
  expectedSeconds: number | null;
  /** The calculation that it runs again, and from which step. */
  rerunOf: { id: string; label: string; from: CalculationStep } | null;
  /** false: other calculations do not take over its results. */
  isReusable: boolean;
  /** The calculations after which it begins. */
  waits: CalculationWait[];
  disk: DiskUse;
}

export interface CalculationWait {
  id: string;
  label: string;
  state: ProcessState;
  /** When it had ended well, or a person said that it need not; null while it is waited for. */
  metAt: Date | null;
}

/** What a calculation holds on disks; what it took over from others counts with them. */
export interface DiskUse {
  /** Results and files that are kept of its jobs. */
  resultBytes: number;
  /** Folders in which its jobs ran here, as last measured; null: never yet. */
  scratchBytes: number | null;
  /** Those on other computers. */
  remoteBytes: number | null;
  measuredAt: Date | null;
}

export type ListedCalculation = CalculationSummary & { disk: DiskUse; tags: string[] };

export const listCalculationsSchema = pageInputSchema.extend({
  states: z.array(z.enum(processStates)).max(8).nullish(),
  /** Exact reduced formula, in any order of elements. */
  formula: lineSchema.max(100).nullish(),
  /** Part of the label. */
  text: lineSchema.max(200).nullish(),
  createdFrom: z.date().nullish(),
  createdTo: z.date().nullish(),
  /** All of them are in the structure; it may have others. */
  elements: z.array(lineSchema.max(2)).max(10).nullish(),
  /** One that was asked for, `bands`. */
  property: lineSchema.max(60).nullish(),
  tag: lineSchema.max(60).nullish(),
});
export type ListCalculationsInput = z.infer<typeof listCalculationsSchema>;

/** What is resolved or submitted: a draft on the server, or the choices themselves (the command line). */
export const submitSchema = z.object({
  draftId: idSchema,
  /** The version that the person reviewed. */
  version: z.number().int().min(1),
});

/** The file of `brine run`. A key that is not known is refused: what it was meant to change would stay as it is without a word. */
export const calculationFileSchema = z.strictObject({
  kind: z.enum(['structure-wizard', 'structure']).default('structure-wizard'),
  /** As in the kernel's input; or text of a CIF, POSCAR or XYZ file; or one that the platform has. */
  structure: z.union([
    structureInputSchema,
    z.strictObject({ id: idSchema }),
    z.object({ text: z.string(), fileName: lineSchema.max(255).optional() }),
  ]),
  properties: propertySettingsSchema,
  protocol: z.enum(protocols).default('balanced'),
  functional: z.enum(functionals).default('pbe'),
  electronicType: z.enum(electronicTypes).default('unknown'),
  /** What the material is, or the occupations themselves. */
  occupations: z
    .union([
      z.enum(electronicTypes),
      z.object({ scheme: z.enum(occupationSchemes), widthHartree: z.number().positive().optional() }),
    ])
    .optional(),
  overrides: overridesSchema.strict().default({}),
  resources: resourcesSchema.strict().prefault({}),
  label: labelSchema.optional(),
  useCache: z.boolean().default(true),
  /** It begins when these calculations have ended well. */
  after: afterSchema,
  ...physicsSchema.shape,
});
export type CalculationFile = z.infer<typeof calculationFileSchema>;

/** `set` changes choices by their path: `{"bands.stepPerAngstrom": 0.02, "cores": 2}`; null puts back what follows by itself. */
export const rerunSchema = z.object({
  id: idSchema,
  from: z.enum(calculationSteps),
  set: z.record(lineSchema.max(200), z.json()).default({}),
});
export type RerunInput = z.infer<typeof rerunSchema>;

export const setReuseSchema = z.object({ id: idSchema, isReusable: z.boolean() });

export const prioritySchema = z.object({ id: idSchema, priority: z.enum(priorities) });

export const renameCalculationSchema = z.object({ id: idSchema, label: labelSchema });

/** A file that a job left: read it at GET `/api/calculations/ID/files/PROCESS/NAME`. */
export interface CalculationFileEntry {
  processId: string;
  process: string;
  name: string;
  bytes: number;
  mediaType: string;
  href: string;
}

/** What there is so far; a property appears when its job is done. */
export interface CalculationResults {
  /** Of the shared density; of the last geometry where there is a relaxation alone. */
  scf: ScfResult | null;
  properties: {
    relax?: ShownRelaxation;
    bands?: BandsResult;
    dos?: DosResult;
    volumes?: ShownVolumes;
    eos?: EosResult;
    elastic?: ElasticResult;
    exfoliation?: ExfoliationResult;
  };
}

/** With the structure that it left. */
export type ShownRelaxation = RelaxResult & { structureId: string | null };

export interface ShownVolumes {
  /** With the addresses of the files. */
  volumes: (VolumesResult['volumes'][number] & { cubeHref: string; npyHref: string | null })[];
}

/** What a job wrote to its standard streams; only the end where it is long. */
export interface LogText {
  processId: string;
  process: string;
  stdout: string;
  stderr: string;
  isTruncated: boolean;
}

/** The input of pw.x of one job of a draft. */
export interface EspressoInput {
  jobName: string;
  title: string;
  /** Of the program it is made for. */
  version: string;
  /** As it follows from the draft, without the keys that are the platform's own. */
  made: string;
  /** As a person changed it; null where nobody did. */
  edited: string | null;
  /** Why the changed input cannot be used. */
  problem: string | null;
}
