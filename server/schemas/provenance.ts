import { z } from 'zod';
import { idSchema, lineSchema } from './common';
import type { Failure, ProcessKind, ProcessState } from './process';

/** A node of the provenance graph as lists and drawings show it: a value, or the process that took or made values. */
export type GraphItem = DataItem | ProcessItem;

export interface DataItem {
  type: 'data';
  id: string;
  /** `structure`, `settings`, `scf-result`. */
  kind: string;
  /** Of a structure, its formula; else null. */
  formula: string | null;
  structureId: string | null;
  createdAt: Date;
}

export interface ProcessItem {
  type: 'process';
  id: string;
  kind: ProcessKind;
  /** `calculation`, `scf`. */
  name: string;
  title: string;
  state: ProcessState;
  /** Null for a function, and for what another program did. */
  calculationId: string | null;
  createdAt: Date;
}

export type EdgeKind = 'input' | 'create' | 'return' | 'call';

/** An edge in the direction of time: what was there first is `from`. */
export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  kind: EdgeKind;
  name: string;
}

/** `in`: towards where a thing comes from. `out`: towards what became of it. */
export const directionSchema = z.enum(['in', 'out']);
export type Direction = z.infer<typeof directionSchema>;

/** The most that one step of the graph gives. */
export const STEP_MAX = 200;
/** The most nodes that a walk to all ancestors or descendants gives. */
export const WALK_MAX = 10_000;

export const neighboursSchema = z.object({
  id: idSchema,
  direction: directionSchema,
  /** Id of the last edge of the page before. */
  cursor: idSchema.nullish(),
  limit: z.number().int().min(1).max(STEP_MAX).default(50),
});

export const walkSchema = z.object({
  id: idSchema,
  direction: directionSchema,
  limit: z.number().int().min(1).max(WALK_MAX).default(1000),
});

export interface GraphPart {
  items: GraphItem[];
  edges: GraphEdge[];
}

export interface Neighbours extends GraphPart {
  nextCursor: string | null;
}

export interface Walk extends GraphPart {
  /** Whether there was more than the limit. */
  isCut: boolean;
}

export interface NodeFile {
  name: string;
  bytes: number;
  mediaType: string;
  href: string;
}

/** What a process was run by and how it ended. */
export interface ProcessFacts {
  exitCode: number | null;
  failure: Failure | null;
  computer: string | null;
  program: string | null;
  cores: number | null;
  attempt: number;
  reusedFromId: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface NodeDetail {
  item: GraphItem;
  /** The content of a value as JSON; arrays of over 1,000 numbers are files. */
  value: unknown;
  schemaVersion: number | null;
  files: NodeFile[];
  process: ProcessFacts | null;
  /** The person whose calculation made or first took it. */
  createdBy: string | null;
  calculation: { id: string; label: string } | null;
  structure: { id: string; name: string; formula: string } | null;
}

/** The kinds of values in words. */
export const dataKindWords: Record<string, string> = {
  structure: 'Structure',
  settings: 'Settings',
  'scf-result': 'Energy and density',
  'relax-result': 'Relaxed geometry',
  'bands-result': 'Bands',
  'dos-result': 'Density of states',
  'volumes-result': 'Densities and orbitals',
  'eos-result': 'Equation of state',
  'elastic-result': 'Elastic constants',
  'exfoliation-result': 'Exfoliation energy',
  density: 'Density for later steps',
  'job-files': 'Files of a job',
  'structure-file': 'Structure file',
  edit: 'Edit',
  'aiida-bands': 'Bands of AiiDA',
  'aiida-dict': 'Dictionary of AiiDA',
  'aiida-list': 'List of AiiDA',
  'aiida-int': 'Whole number of AiiDA',
  'aiida-float': 'Number of AiiDA',
  'aiida-str': 'Text of AiiDA',
  'aiida-bool': 'Yes or no of AiiDA',
  'aiida-data': 'Data of AiiDA',
};

/** What a node is called where there is room for a line: "Structure Si", "Self-consistent field". */
export function titleOf(item: GraphItem): string {
  if (item.type === 'process') return item.title;
  const words = dataKindWords[item.kind] ?? item.kind;
  return item.formula ? `${words} ${item.formula}` : words;
}

/** An edge as one reads it from the process: "took", "made". */
export const edgeWords = {
  input: 'took',
  create: 'made',
  return: 'returned',
  call: 'called',
} as const satisfies Record<EdgeKind, string>;

export const tagSchema = lineSchema.trim().min(1).max(60);
export const commentBodySchema = z
  .string()
  .transform((text) => text.replace(/\0/g, '').trim())
  .pipe(z.string().min(1).max(10_000));
export const nodeTagSchema = z.object({ id: idSchema, tag: tagSchema });
export const addCommentSchema = z.object({ id: idSchema, body: commentBodySchema });
export const groupNameSchema = lineSchema.trim().min(1).max(100);
export const createGroupSchema = z.object({ name: groupNameSchema, description: z.string().max(2_000).default('') });
export const changeGroupSchema = z.object({
  groupId: idSchema,
  name: groupNameSchema.optional(),
  description: z.string().max(2_000).optional(),
});
/** The most nodes that one call puts into a group. */
export const GROUP_STEP_MAX = 10_000;
export const groupMembersSchema = z.object({
  groupId: idSchema,
  nodeIds: z.array(idSchema).min(1).max(GROUP_STEP_MAX),
});
export const groupPageSchema = z.object({
  groupId: idSchema,
  cursor: idSchema.nullish(),
  limit: z.number().int().min(1).max(STEP_MAX).default(50),
});

export interface NodeCommentEntry {
  id: string;
  body: string;
  createdBy: string;
  createdAt: Date;
  /** Whether the one who asks wrote it, and so may take it back. */
  isOwn: boolean;
}

export interface GroupSummary {
  id: string;
  name: string;
  description: string;
  createdAt: Date;
}

export interface GroupEntry extends GroupSummary {
  nodes: number;
}

/** What people said about a node. */
export interface NodeNotes {
  tags: string[];
  comments: NodeCommentEntry[];
  groups: GroupSummary[];
}

export const exportFormats = ['archive', 'ro-crate', 'folder'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportSchema = z.object({
  ids: z.array(idSchema).min(1).max(1_000),
  format: z.enum(exportFormats).default('archive'),
  /** Also what became of them. */
  withDescendants: z.boolean().default(false),
  /** Of an RO-Crate: an identifier of SPDX (`CC-BY-4.0`) or an address. */
  license: z
    .string()
    .regex(/^([A-Za-z0-9][A-Za-z0-9.+-]{0,63}|https?:\/\/[\w.~:/?#@!$&'()*+,;=%-]{1,200})$/)
    .nullish(),
});

/** What came of an import: how many rows were new, how many were there, and what was left out for which reason. */
export interface ImportReport {
  roots: string[];
  added: Record<'structures' | 'calculations' | 'processes' | 'nodes' | 'links' | 'blobs', number>;
  merged: number;
  skipped: { what: string; why: string }[];
  /** Skipped beyond those that are listed. */
  skippedMore: number;
}

export const planDeletionSchema = z.object({
  id: idSchema,
  /** Also what it came from and nothing else uses. */
  withAncestors: z.boolean().default(false),
});

export const deleteNodeSchema = planDeletionSchema.extend({
  /** Of the plan that the person saw. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What goes with a node that is deleted: a part of the graph that leaves nothing half. */
export interface DeletionPlan {
  fingerprint: string;
  values: number;
  processes: number;
  /** The first of them, processes before values. */
  items: GraphItem[];
  calculations: { id: string; label: string; tookOver: boolean }[];
  /** They leave the list of structures. */
  structures: { id: string; name: string; formula: string }[];
  /** Of files that nothing else names. */
  fileBytes: number;
  /** Have not ended, or wait for what goes: nothing can be deleted before. */
  running: { id: string; title: string }[];
  groups: { id: string; name: string; nodes: number }[];
  /** They keep their structure, which then stays without its origin. */
  drafts: { id: string; structure: string }[];
  comments: number;
  tags: number;
  /** Nodes that would also go with what it came from and nothing else uses. */
  unusedAncestors: number;
}
