import { z } from 'zod';
import { structureEditsSchema } from '@/kernels/crystal/edit/schema';
import type { Structure } from '@/kernels/crystal/schema';
import { idSchema, lineSchema, pageInputSchema } from './common';

/** What symmetry analysis found; null for molecules and for structures it cannot treat, with the reason in `symmetryNote`. */
export const symmetrySummarySchema = z.object({
  spaceGroupNumber: z.number().int(),
  spaceGroupSymbol: z.string(),
  hallNumber: z.number().int(),
  pointGroup: z.string(),
  crystalSystem: z.string(),
  /** Per site, in the order of the sites. */
  wyckoffLetters: z.array(z.string()),
  isPrimitive: z.boolean(),
  operations: z.number().int(),
});

export const structureSummarySchema = z.object({
  id: idSchema,
  /** `s1:` and the SHA-256 of the canonical bytes. */
  hash: z.string(),
  name: z.string(),
  /** Reduced formula in the order of electronegativity, plain text: `LiCoO2`. */
  formula: z.string(),
  elements: z.array(z.string()),
  sites: z.number().int(),
  periodic: z.tuple([z.boolean(), z.boolean(), z.boolean()]),
  cell: z
    .object({
      aAngstrom: z.number(),
      bAngstrom: z.number(),
      cAngstrom: z.number(),
      alphaDegrees: z.number(),
      betaDegrees: z.number(),
      gammaDegrees: z.number(),
    })
    .nullable(),
  volumeAngstrom3: z.number().nullable(),
  densityGramPerCm3: z.number().nullable(),
  symmetry: symmetrySummarySchema.nullable(),
  symmetryNote: z.string().nullable(),
  source: z.object({
    kind: z.enum(['upload', 'text', 'example', 'derived', 'cli', 'dataset', 'smiles']),
    fileName: z.string().nullable(),
  }),
  createdAt: z.date(),
});

/** A sentence about a structure, shown before Submit. Errors block, warnings do not. */
export const structureIssueSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
});

export type SymmetrySummary = z.infer<typeof symmetrySummarySchema>;
export type StructureSummary = z.infer<typeof structureSummarySchema>;
export type StructureIssue = z.infer<typeof structureIssueSchema>;

/** A structure with its sites: what the viewer draws. */
export interface StructureDetail extends StructureSummary {
  structure: Structure;
  issues: StructureIssue[];
}

/** An example crystal that ships with the platform. */
export interface StructureExample {
  id: string;
  name: string;
  formula: string;
  group: string;
  description: string;
}

/** The limit of one upload, and of pasted text. */
export const STRUCTURE_BYTES_MAX = 8 * 1024 * 1024;

/** A file as text, or as base64 where it is not text. Files of any size go to POST /api/structures/upload instead. */
export const importStructureSchema = z
  .object({
    fileName: lineSchema.max(255).nullish(),
    text: z.string().max(STRUCTURE_BYTES_MAX).optional(),
    base64: z
      .string()
      .max(Math.ceil((STRUCTURE_BYTES_MAX * 4) / 3))
      .optional(),
    source: z.enum(['upload', 'text', 'cli']).default('text'),
  })
  .refine((input) => (input.text === undefined) !== (input.base64 === undefined), 'give either text or base64');

/** A molecule, by the line that chemists write of it. */
export const smilesSchema = z.object({
  smiles: lineSchema.trim().min(1, 'Write the SMILES of a molecule.').max(500),
  marginAngstrom: z.number().min(2).max(20).default(5),
});
export const toCellSchema = z.object({ id: idSchema, cell: z.enum(['primitive', 'conventional']) });
/** What is done to a structure, one after the other; the result is a structure of its own, named as it is asked or by what was done. */
export const editStructureSchema = z.object({
  id: idSchema,
  edits: structureEditsSchema,
  name: lineSchema.trim().min(1).max(200).nullish(),
});
export const exportStructureSchema = z.object({
  id: idSchema,
  format: z.enum(['cif', 'poscar', 'xyz', 'xsf', 'espresso', 'json']),
});
export const listStructuresSchema = pageInputSchema.extend({
  formula: lineSchema.max(100).nullish(),
  elements: z.array(lineSchema.max(2)).max(10).nullish(),
});

export interface ExportedFile {
  fileName: string;
  mediaType: string;
  text: string;
}
