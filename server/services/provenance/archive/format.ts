import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { processKinds, processStates } from '@/server/schemas/process';

/**
 * Our archive: a zip with `manifest.json`; one JSON object a line in `structures.jsonl`, `calculations.jsonl`, `processes.jsonl`,
 * `nodes.jsonl`, `links.jsonl`, `notes.jsonl`; and the bytes of files under `blobs/` by their SHA-256.
 */
export const FORMAT = 'brine-archive';
export const FORMAT_VERSION = 1;

const text = (max: number) => z.string().max(max);
const moment = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const structureHash = z.string().regex(/^s1:[0-9a-f]{64}$/);

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  program: text(100),
  createdAt: moment,
  /** The nodes that were asked for; the others are what they come from. */
  roots: z.array(idSchema),
});

export const structureLine = z.object({
  hash: structureHash,
  name: text(200),
  fileName: text(255).nullable(),
  data: z.record(z.string(), z.unknown()),
});

export const calculationLine = z.object({
  id: idSchema,
  kind: text(100),
  schemaVersion: z.number().int(),
  label: text(200).min(1),
  formula: text(200),
  structure: structureHash.nullable(),
  properties: z.array(text(100)).max(100),
  protocol: text(100),
  functional: text(100),
  inputs: z.object({
    draft: z.record(z.string(), z.unknown()),
    resolved: z.record(z.string(), z.unknown()),
  }),
  createdBy: text(200),
  createdAt: moment,
});

export const processLine = z.object({
  id: idSchema,
  /** Null for a process that is part of none. */
  calculationId: idSchema.nullable(),
  parentId: idSchema.nullable(),
  kind: z.enum(processKinds),
  name: text(100),
  title: text(200),
  ordinal: z.number().int(),
  state: z.enum(processStates),
  exitCode: z.number().int().nullable(),
  failure: z.object({ code: text(100), message: text(10_000), advice: text(10_000).nullable() }).nullable(),
  cores: z.number().int().nullable(),
  program: z.object({ name: text(200), version: text(200), build: text(200) }).nullable(),
  computer: text(200).nullable(),
  reusedFromId: idSchema.nullable(),
  /** Of a process that is part of no calculation. */
  createdBy: text(200).nullish(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
});

export const nodeLine = z.object({
  id: idSchema,
  /** Of kind, version, value, structure and files: what is not the same is another value. */
  hash: sha256,
  kind: text(100),
  schemaVersion: z.number().int(),
  value: z.unknown(),
  structure: structureHash.nullable(),
  files: z
    .array(
      z.object({
        name: text(255).min(1),
        sha256,
        mediaType: text(100).regex(/^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/),
      }),
    )
    .max(10_000),
  createdAt: moment,
});

export const linkLine = z.object({
  kind: z.enum(['input', 'create', 'return', 'call']),
  name: text(200),
  processId: idSchema,
  dataNodeId: idSchema.nullable(),
  calledId: idSchema.nullable(),
  createdAt: moment,
});

export const noteLine = z.object({
  nodeId: idSchema,
  tag: text(60).min(1).optional(),
  comment: text(10_000).min(1).optional(),
  createdBy: text(200),
});

export const linesFiles = [
  'structures.jsonl',
  'calculations.jsonl',
  'processes.jsonl',
  'nodes.jsonl',
  'links.jsonl',
  'notes.jsonl',
] as const;
export type LinesFile = (typeof linesFiles)[number];

export type StructureLine = z.infer<typeof structureLine>;
export type CalculationLine = z.infer<typeof calculationLine>;
export type ProcessLine = z.infer<typeof processLine>;
export type NodeLine = z.infer<typeof nodeLine>;
export type LinkLine = z.infer<typeof linkLine>;
export type NoteLine = z.infer<typeof noteLine>;

export const blobPathOf = (hash: string) => `blobs/${hash.slice(0, 2)}/${hash.slice(2)}`;
