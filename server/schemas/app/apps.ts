import { z } from 'zod';
import { idSchema } from '../common';
import type { NotebookFile } from '../notebook/nbformat';
import type { NotebookDetail } from '../notebook/notebooks';
import { sentOperationsSchema } from '../notebook/operations';
import type { AppInput, DeclarationFault, InputValue } from './inputs';

export const appCategories = ['structures', 'electrons', 'mechanics', 'data', 'teaching', 'other'] as const;
export type AppCategory = (typeof appCategories)[number];

/** Its address, which stays the same: `equation-of-state`. */
export const appNameSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Lower case letters and digits, in words joined by hyphens.')
  .max(60);

/** When the cells run: at each change of an input, or when the visitor asks for it. */
export const appRuns = ['change', 'button'] as const;

const words = {
  name: appNameSchema,
  title: z.string().trim().min(1).max(80),
  description: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\n\r]+$/, 'One sentence, on one line.'),
  category: z.enum(appCategories),
  runs: z.enum(appRuns).default('change'),
};

export const publishAppSchema = z.object({ id: idSchema, ...words });
/** What a notebook file says of itself as an app, in its metadata under `brine.app`. */
export const appWordsSchema = z.object(words);
export type AppWords = z.infer<typeof appWordsSchema>;

const valueSchema = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]);
export const valuesSchema = z.record(z.string().max(200), valueSchema);

export const listAppsSchema = z.object({
  text: z.string().max(200).nullable().default(null),
  category: z.enum(appCategories).nullable().default(null),
});
export const openAppSchema = z.object({ name: appNameSchema });
export const runAppSchema = z.object({ id: idSchema, values: valuesSchema });
export const actInAppSchema = sentOperationsSchema.extend({ id: idSchema });

/** A card of the register. */
export interface AppSummary extends AppWords {
  author: string;
  /** Of this many times that it was published. */
  version: number;
  publishedAt: Date;
  /** Where it was made; null for those that come with the platform. */
  notebookId: string | null;
  /** Whether this person may publish it anew and take it back. */
  isMine: boolean;
}

/** An app as it was published: its inputs, and the notebook of that time. */
export interface AppDetail extends AppSummary {
  inputs: AppInput[];
  file: NotebookFile;
}

/** What a notebook would be as an app, before it is published. */
export interface AppPreview {
  inputs: AppInput[];
  faults: DeclarationFault[];
  /** What is published now; null where nothing is. */
  published: AppSummary | null;
  /** Whether the notebook has been edited since then. */
  isOutdated: boolean;
}

/** One visitor's copy. */
export interface AppVisit extends NotebookDetail {
  /** That it was made from. */
  version: number;
}

/** The key in the metadata of a visit under which its values stand. */
export const VALUES_KEY = 'brine_values';

export function valuesOf(metadata: Record<string, unknown>): Record<string, InputValue> {
  const { data } = valuesSchema.safeParse(metadata[VALUES_KEY]);
  return data ?? {};
}
