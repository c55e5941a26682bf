import { z } from 'zod';
import { idSchema, lineSchema } from './common';
import { QUERY_TEXT_MAX } from './node-query';
import { type ProcessState, processStates } from './process';

/** More that were picked one by one are no longer a choice; what filters and queries find has no such end. */
export const CHOSEN_MAX = 10_000;

const momentSchema = z.iso.datetime();

/** Which calculations: what the history's filters find, what a query of the graph finds, or those that were picked. Kept with the dataset. */
export const publicationSelectionSchema = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('filters'),
    states: z.array(z.enum(processStates)).max(8).nullish(),
    formula: lineSchema.max(100).nullish(),
    text: lineSchema.max(200).nullish(),
    createdFrom: momentSchema.nullish(),
    createdTo: momentSchema.nullish(),
    elements: z.array(lineSchema.max(2)).max(10).nullish(),
    property: lineSchema.max(60).nullish(),
    tag: lineSchema.max(60).nullish(),
  }),
  /** Calculations that have a process, or made a value, which the query finds: `gap.gapEv>=1`, `group:"for the paper"`. */
  z.object({ by: z.literal('query'), text: z.string().trim().min(1).max(QUERY_TEXT_MAX) }),
  z.object({ by: z.literal('ids'), ids: z.array(idSchema).min(1).max(CHOSEN_MAX) }),
]);
export type PublicationSelection = z.infer<typeof publicationSelectionSchema>;

/** Of several calculations of one structure. */
export const publicationChoices = ['newest', 'best', 'all'] as const;
export type PublicationChoice = (typeof publicationChoices)[number];

export const publicationSchema = z.object({
  selection: publicationSelectionSchema,
  choice: z.enum(publicationChoices).default('newest'),
});

export const publishSchema = publicationSchema.extend({
  title: lineSchema.trim().min(1).max(200),
  description: z.string().max(4_000).default(''),
  licence: lineSchema.max(200).default(''),
  citation: z.string().max(2_000).default(''),
  version: lineSchema.trim().min(1).max(40).default('1'),
});

/** What bringing a dataset of calculations up to date changed. */
export const publicationChangesSchema = z.object({
  version: z.string(),
  added: z.number().int(),
  changed: z.number().int(),
  gone: z.number().int(),
});
export type PublicationChanges = z.infer<typeof publicationChangesSchema>;

/** What a publication would hold, before it is done. */
export interface PublicationReview {
  /** Calculations that the selection finds. */
  found: number;
  /** Entries that the dataset will have, save those that turn out to hold nothing. */
  published: number;
  /** Left out because another calculation of the same structure is taken. */
  superseded: number;
  /** Left out because they have not ended, or ended before they computed anything. */
  leftOut: { state: ProcessState; count: number; why: string }[];
  /** Of those that are published. */
  methods: { engine: string; functional: string; dispersion: string; count: number }[];
  /** What to think of before it is done, as sentences. */
  warnings: string[];
}

/** The property that names, for each entry, the calculation and the node of the graph behind each of its numbers. */
export const PROVENANCE_PROPERTY = '_brine_provenance';

export const entryProvenanceSchema = z.object({
  calculation: idSchema,
  label: z.string(),
  /** Where on the platform its page is. */
  address: z.string(),
  endedAt: z.string().nullable(),
  program: z.object({ name: z.string(), version: z.string() }).nullable(),
  structureNode: idSchema.nullable(),
  /** Nodes of the graph by the name of the property that was read from them. */
  nodes: z.record(z.string(), idSchema),
});
export type EntryProvenance = z.infer<typeof entryProvenanceSchema>;
