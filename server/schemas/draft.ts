import { z } from 'zod';
import { functionals } from '@/kernels/planewave/schema';
import { idSchema, lineSchema, pageInputSchema } from './common';
import { calculationSteps } from './process';
import {
  electronicTypes,
  overridesSchema,
  physicsSchema,
  propertySettingsSchema,
  protocols,
  resourcesSchema,
} from './settings';

export const afterSchema = z.array(idSchema).max(20).default([]);

export const wizardSteps = ['structure', 'properties', 'resources', 'review'] as const;

/**
 * The state of the structure wizard, saved at every change. Settings of properties are kept as typed and validated
 * by the property's own schema when the draft is resolved, so that a half-filled form is a draft too.
 */
export const draftDataSchema = z.object({
  kind: z.literal('structure-wizard').default('structure-wizard'),
  step: z.enum(wizardSteps).default('structure'),
  structureId: idSchema.nullable().default(null),
  /** By property id; a property that is not asked for is absent. `{}` means its defaults. */
  properties: propertySettingsSchema.default({}),
  protocol: z.enum(protocols).default('balanced'),
  functional: z.enum(functionals).default('pbe'),
  electronicType: z.enum(electronicTypes).default('unknown'),
  overrides: overridesSchema.default({}),
  resources: resourcesSchema.prefault({}),
  /** Null: made from the inputs. Its length is checked when the draft is resolved, so that the draft stays. */
  label: lineSchema.max(20_000).nullable().default(null),
  /** false: compute everything anew, even where the same job has been done. */
  useCache: z.boolean().default(true),
  /** The calculation that is run again, and the first step that is done anew: the steps before are taken over as they are. */
  rerun: z
    .object({ calculationId: idSchema, from: z.enum(calculationSteps) })
    .nullable()
    .default(null),
  /** It begins when these calculations have ended well. */
  after: afterSchema,
  ...physicsSchema.shape,
});

export type DraftData = z.infer<typeof draftDataSchema>;
export type DraftDataInput = z.input<typeof draftDataSchema>;

export interface DraftSummary {
  id: string;
  /** Rises with each save; a save names the version it started from. */
  version: number;
  step: DraftData['step'];
  label: string | null;
  formula: string | null;
  structureId: string | null;
  properties: string[];
  createdAt: Date;
  updatedAt: Date;
}

export interface Draft extends DraftSummary {
  data: DraftData;
}

export const createDraftSchema = z.object({ data: draftDataSchema.partial().optional() });
/** `changes` replaces whole top-level fields. A `version` that is no longer the newest is refused with code `conflict`. */
export const updateDraftSchema = z.object({
  id: idSchema,
  version: z.number().int().min(1),
  changes: z.object({
    step: draftDataSchema.shape.step.unwrap().optional(),
    structureId: draftDataSchema.shape.structureId.unwrap().optional(),
    properties: draftDataSchema.shape.properties.unwrap().optional(),
    protocol: draftDataSchema.shape.protocol.unwrap().optional(),
    functional: draftDataSchema.shape.functional.unwrap().optional(),
    electronicType: draftDataSchema.shape.electronicType.unwrap().optional(),
    overrides: overridesSchema.optional(),
    resources: resourcesSchema.optional(),
    label: draftDataSchema.shape.label.unwrap().optional(),
    useCache: draftDataSchema.shape.useCache.unwrap().optional(),
    rerun: draftDataSchema.shape.rerun.unwrap().optional(),
    after: afterSchema.unwrap().optional(),
    engine: physicsSchema.shape.engine.unwrap().optional(),
    magnetism: physicsSchema.shape.magnetism.unwrap().optional(),
    dispersion: physicsSchema.shape.dispersion.unwrap().optional(),
    charge: physicsSchema.shape.charge.unwrap().optional(),
    hubbard: physicsSchema.shape.hubbard.unwrap().optional(),
    spinOrbit: physicsSchema.shape.spinOrbit.unwrap().optional(),
    pseudopotentialFamilyId: physicsSchema.shape.pseudopotentialFamilyId.unwrap().optional(),
    espressoEdits: physicsSchema.shape.espressoEdits.unwrap().optional(),
  }),
});
export const listDraftsSchema = pageInputSchema;
