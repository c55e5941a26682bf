import { z } from 'zod';
import { idSchema, lineSchema } from './common';
import { processStates } from './process';

export const comparisons = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof comparisons)[number];

/** A place in the JSON of a value: `gap.gapEv`. */
export const propertyPathSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_][\w-]*(\.[\w-]+)*$/, 'is no path like gap.gapEv');
/** A day, or a moment with its zone. */
const momentSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const wordSchema = lineSchema.trim().min(1).max(200);

const conditionSchemas = [
  z.object({ is: z.literal('type'), type: z.enum(['data', 'process']) }),
  /** Of a value (`bands-result`), or the name or kind of a process (`scf`, `job`). */
  z.object({ is: z.literal('kind'), kind: wordSchema }),
  z.object({ is: z.literal('state'), state: z.enum(processStates) }),
  z.object({
    is: z.literal('property'),
    path: propertyPathSchema,
    comparison: z.enum(comparisons),
    value: z.union([z.number(), lineSchema.max(200), z.boolean()]),
  }),
  z.object({ is: z.literal('has'), path: propertyPathSchema }),
  z.object({ is: z.literal('tag'), tag: wordSchema }),
  z.object({ is: z.literal('group'), group: wordSchema }),
  z.object({ is: z.literal('formula'), formula: wordSchema }),
  z.object({ is: z.literal('created'), comparison: z.enum(['<', '<=', '>', '>=']), at: momentSchema }),
  z.object({ is: z.literal('ancestor'), of: idSchema }),
  z.object({ is: z.literal('descendant'), of: idSchema }),
  /** Words of comments, tags, labels of calculations, names of structures. */
  z.object({ is: z.literal('words'), text: wordSchema }),
] as const;

export type NodeCondition = z.infer<(typeof conditionSchemas)[number]>;
/** Conditions, and how they go together. `not` has one part. */
export type NodeFilter = NodeCondition | CombinedFilter;
export interface CombinedFilter {
  is: 'all' | 'any' | 'not';
  of: NodeFilter[];
}

export const isCombined = (filter: NodeFilter): filter is CombinedFilter => ['all', 'any', 'not'].includes(filter.is);

/** How deep parts may lie within parts. */
const DEPTH_MAX = 6;
const PARTS_MAX = 20;
const CONDITIONS_MAX = 40;

/** Level by level and not recursive, so that its JSON schema stands alone and its depth has an end. */
function filterToDepth(depth: number): z.ZodType<NodeFilter> {
  if (depth === 0) return z.discriminatedUnion('is', conditionSchemas);
  const inner = filterToDepth(depth - 1);
  return z.discriminatedUnion('is', [
    ...conditionSchemas,
    z.object({ is: z.enum(['all', 'any']), of: z.array(inner).max(PARTS_MAX) }),
    z.object({ is: z.literal('not'), of: z.array(inner).length(1) }),
  ]);
}

export function countConditions(filter: NodeFilter): number {
  return isCombined(filter) ? filter.of.reduce((sum, part) => sum + countConditions(part), 0) : 1;
}

export const nodeFilterSchema = filterToDepth(DEPTH_MAX).refine(
  (filter) => countConditions(filter) <= CONDITIONS_MAX,
  `has more than ${CONDITIONS_MAX} conditions`,
);

export const QUERY_TEXT_MAX = 2_000;

export const nodeQuerySchema = z.object({
  /** In words, as the search field takes it. */
  text: z.string().max(QUERY_TEXT_MAX).nullish(),
  /** Or as JSON; both together must hold. */
  filter: nodeFilterSchema.nullish(),
  /** The `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^[\d:TZ.-]{24}~[0-9a-f-]{36}$/)
    .nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});
