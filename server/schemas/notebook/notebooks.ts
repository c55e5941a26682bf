import { z } from 'zod';
import { idSchema, labelSchema, pageInputSchema } from '../common';
import type { NotebookState } from './state';

/** The name of a kernelspec. */
export const specSchema = z.string().regex(/^[\w.-]{1,100}$/);

export const listNotebooksSchema = pageInputSchema.extend({ isArchived: z.boolean().default(false) });
export const createNotebookSchema = z.object({ name: labelSchema.optional(), spec: specSchema.default('deno') });
/** Of a file, characters. */
export const NOTEBOOK_FILE_MAX = 15_000_000;
export const importNotebookSchema = z.object({ name: labelSchema, text: z.string().max(NOTEBOOK_FILE_MAX) });
/** What a draft or a calculation did, as a notebook. `isInline`: the structure is written out, so that the code needs nothing that this platform has. */
export const notebookInCodeSchema = z.object({
  of: z.object({ kind: z.enum(['draft', 'calculation']), id: idSchema }),
  language: z.enum(['typescript', 'python']).default('typescript'),
  isInline: z.boolean().default(false),
});
export const renameNotebookSchema = z.object({ id: idSchema, name: labelSchema });
export const archiveNotebookSchema = z.object({ id: idSchema, isArchived: z.boolean() });

/** As a notebook file, as a program, as Markdown, or as a page that needs nothing beside it. */
export const exportFormats = ['ipynb', 'script', 'markdown', 'html'] as const;
export const exportNotebookSchema = z.object({ id: idSchema, format: z.enum(exportFormats).default('ipynb') });

export interface NotebookSummary {
  id: string;
  name: string;
  spec: string;
  createdAt: Date;
  updatedAt: Date;
  isArchived: boolean;
}

/** A notebook as it is stored; an open page then follows its operations. */
export interface NotebookDetail extends NotebookSummary {
  state: NotebookState;
  /** The texts of its cells: a Yjs document in base64. */
  text: string;
}

/** Where in a text, in UTF-16 units, and the text. */
export const cursorSchema = z.object({ id: idSchema, code: z.string().max(200_000), offset: z.number().int().min(0) });

export interface Completion {
  /** What stands from `start` to `end` is replaced. */
  start: number;
  end: number;
  matches: { text: string; type: string | null }[];
}

/** A variable that a kernel holds; all of it is cut to the length of a line. */
export interface Variable {
  name: string;
  type: string;
  /** A short form of it; empty where it has none that could be had quickly. */
  value: string;
  /** `3 × 4`, `12 items`; null where it has no size, or none that is known. */
  size: string | null;
}

/** The newest last. */
export interface Variables {
  variables: Variable[];
  /** How many older ones there are. */
  leftOut: number;
}

/** A kernel that can be chosen. */
export interface KernelChoice {
  spec: string;
  displayName: string;
  language: string;
}
