import { z } from 'zod';
import { idSchema, lineSchema } from './common';
import { curationSettingsSchema } from './curation-settings';
import {
  type EntryProvenance,
  publicationChangesSchema,
  publicationChoices,
  publicationSelectionSchema,
} from './publication';
import type { StructureDetail } from './structure';

/** A dataset's name in addresses; no word that paths of OPTIMADE or of the explorer use. */
export const datasetSlugSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,59}$/, 'begins with a letter and has only lower-case letters, digits, - and _')
  .refine(
    (slug) => !/^(v\d|versions$|info$|links$|structures$|references$|sets$|curate$|elsewhere$)/.test(slug),
    'is a word of our own addresses',
  );

export const propertyTypes = ['number', 'integer', 'string', 'boolean', 'list', 'dictionary'] as const;
export type PropertyType = (typeof propertyTypes)[number];

/** With the prefix of whom it comes from: `_mp_band_gap`, `_brine_band_gap`. */
export const propertyNameSchema = z
  .string()
  .regex(/^_[a-z]+[a-z0-9]*_[a-z0-9_]+$/i, 'is no name like _brine_band_gap')
  .max(120);

/** What a property of a dataset's entries is. */
export const propertyDefinitionSchema = z.object({
  name: propertyNameSchema,
  title: lineSchema.max(120),
  /** As it is printed: "eV", "meV/Å²"; null without one. */
  unit: lineSchema.max(40).nullable(),
  type: z.enum(propertyTypes),
  /** Of a list. */
  items: z.enum(['number', 'string', 'boolean', 'other']).optional(),
  description: z.string().max(2_000),
  /** How it was computed or measured. */
  method: z.string().max(2_000),
});
export type PropertyDefinition = z.infer<typeof propertyDefinitionSchema>;

export const PROPERTIES_MAX = 200;
/** Of a file that is brought as a dataset. */
export const DATASET_BYTES_MAX = 2 * 1024 ** 3;

/** The prefix of a property's name: `mp` of `_mp_band_gap`. */
export const prefixOf = (name: string): string | null => /^_([a-z0-9]+)_/i.exec(name)?.[1] ?? null;

/** What was met while a dataset was read. */
export const datasetReportSchema = z.object({
  entries: z.number().int(),
  refused: z.number().int(),
  repeated: z.number().int(),
  propertiesLeftOut: z.number().int(),
  /** The first of those that were not taken. */
  examples: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type DatasetReport = z.infer<typeof datasetReportSchema>;

/** Where entries come from, and how far they were read. */
export const datasetSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    fileName: z.string(),
    bytes: z.number(),
    /** Lines of the unpacked file that are read; the next begins after them. */
    lines: z.number().int(),
    /** Characters of the unpacked file that are read, for the progress. */
    bytesRead: z.number(),
  }),
  /** A file that another server has; it is fetched as a whole before it is read. */
  z.object({
    kind: z.literal('address'),
    url: z.string(),
    fileName: z.string(),
    bytes: z.number(),
    lines: z.number().int(),
    bytesRead: z.number(),
    /** Why nothing comes at this moment. */
    waiting: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('optimade'),
    /** Of the database, with the version: "https://example.org/optimade/v1". */
    url: z.string(),
    filter: z.string(),
    /** Of the next page; null before the first. */
    next: z.string().nullable(),
    /** Pages that are read. */
    lines: z.number().int(),
    /** As the server said. */
    entriesExpected: z.number().nullable(),
    waiting: z.string().nullable(),
  }),
  /** Results of this platform: what a selection of calculations finds each time that it is brought up to date. */
  z.object({
    kind: z.literal('calculations'),
    selection: publicationSelectionSchema,
    choice: z.enum(publicationChoices),
    /** The last calculation that was read; null before the first. */
    cursor: idSchema.nullable(),
    /** Calculations that are read. */
    lines: z.number().int(),
    /** Whether it was published before. */
    isUpdate: z.boolean(),
    /** What the last bringing up to date changed; null before the first. */
    changes: publicationChangesSchema.nullable(),
  }),
  /** Other datasets, the preferred one first, as they were then; see server/schemas/curation.ts. */
  z.object({
    kind: z.literal('curation'),
    sources: z.array(
      z.object({ id: idSchema, slug: z.string(), title: z.string(), revision: z.number(), entryCount: z.number() }),
    ),
    settings: curationSettingsSchema,
  }),
]);
export type DatasetSource = z.infer<typeof datasetSourceSchema>;

/** What is read, piece by piece. */
export type ReadSource = Exclude<DatasetSource, { kind: 'curation' | 'calculations' }>;

/** What an import reads, for people. */
export function sourceName(source: DatasetSource): string {
  switch (source.kind) {
    case 'file':
      return source.fileName;
    case 'address':
      return source.url;
    case 'optimade':
      return `${source.url}/structures`;
    case 'calculations':
      return 'calculations of this project';
    case 'curation':
      return source.sources.map(({ title }) => title).join(', ');
  }
}

/** A database elsewhere: an OPTIMADE server, or a file. */
export const importFromSchema = z.object({
  kind: z.enum(['optimade', 'address']),
  url: z.string().trim().min(1).max(4_000),
  title: lineSchema.max(200).default(''),
  /** Of OPTIMADE; only entries that it finds are taken. */
  filter: z.string().trim().max(4_000).default(''),
});

/** Goes on behind what was taken, or takes that away first and begins anew. */
export const goOnImportSchema = z.object({ id: idSchema, isAnew: z.boolean().default(false) });

export const datasetIdSchema = z.object({ id: idSchema });
export const datasetBySlugSchema = z.object({ slug: datasetSlugSchema });

/** A filter of OPTIMADE over a dataset; the revision makes another answer of another state. */
export const matchDatasetSchema = z.object({
  slug: datasetSlugSchema,
  filter: z.string().max(10_000),
  revision: z.number().int().nonnegative().optional(),
});
export const getEntrySchema = z.object({ slug: datasetSlugSchema, key: z.string().min(1).max(300) });

/** More materials beside each other are no longer read. */
export const COMPARED_MAX = 6;

export const entryCells = ['given', 'primitive', 'conventional', 'reduced'] as const;
export type EntryCell = (typeof entryCells)[number];

/** An entry in one of its cells: as it came, or derived from its symmetry. */
export const showEntrySchema = getEntrySchema.extend({ cell: z.enum(entryCells).default('given') });

/** What of an entry is taken into the project: it in one of its cells, or one of the single layers that it comes apart into. */
export const takeEntrySchema = showEntrySchema.extend({ layer: z.number().int().min(0).max(100).optional() });

/** The lines of a measured pattern, to be compared with those of a dataset's entries. */
export const matchPatternSchema = z.object({
  slug: datasetSlugSchema,
  wavelengthAngstrom: z.number().min(0.1).max(10),
  /** 2 theta in degrees, from and to, that were measured. */
  rangeDegrees: z.tuple([z.number().min(0).max(180), z.number().min(0).max(180)]),
  lines: z
    .array(z.object({ twoThetaDegrees: z.number().gt(0).lt(180), intensity: z.number().positive().max(1e15) }))
    .min(1)
    .max(200),
  /** Where given, only entries all of whose elements are among these. */
  elements: z
    .array(z.string().regex(/^[A-Z][a-z]?$/))
    .max(40)
    .nullish(),
  limit: z.number().int().min(1).max(100).default(20),
});

/** What a person says about a dataset. */
export const describeDatasetSchema = z.object({
  id: idSchema,
  title: lineSchema.trim().min(1).max(200).optional(),
  description: z.string().max(4_000).optional(),
  version: lineSchema.max(40).optional(),
  licence: lineSchema.max(200).optional(),
  citation: z.string().max(2_000).optional(),
  isOpen: z.boolean().optional(),
});

export interface DatasetSummary {
  id: string;
  slug: string;
  title: string;
  version: string;
  description: string;
  licence: string;
  citation: string;
  properties: PropertyDefinition[];
  state: 'importing' | 'ready' | 'interrupted';
  source: DatasetSource;
  report: DatasetReport;
  entryCount: number;
  revision: number;
  isOpen: boolean;
  /** How many of its entries were looked at for their space group. */
  symmetryCount: number;
  /** Whether the asking person's project may change it. */
  isOurs: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** The name that a title gives in addresses: "My oxides, 2026" is `my-oxides-2026`. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 60);
  return datasetSlugSchema.safeParse(words).success ? words : 'dataset';
}

/** A property of an entry: its value, or why there is none. */
export type EntryValue = { is: 'value'; value: unknown } | { is: 'not-computed' } | { is: 'failed'; reason: string };

/** Another entry that has to do with one. */
export interface RelatedEntry {
  slug: string;
  datasetTitle: string;
  key: string;
  formula: string;
  spaceGroupNumber: number | null;
  sites: number;
  /** Equal to the last bit, or of the same composition. */
  isSame: boolean;
}

/** An entry that another leads to. */
export interface KinEntry {
  slug: string;
  datasetTitle: string;
  key: string;
  formula: string;
  spaceGroupNumber: number | null;
  sites: number;
}

/** An entry's kin: equal, of the same kind, and alike. */
export interface Kin {
  /** How many of the dataset's entries can be found by their traits yet. */
  progress: { done: number; total: number };
  /** Entries of all datasets that are the same crystal up to origin, cell, rotation and scale. */
  duplicates: (KinEntry & {
    /** Root mean square of the distances of the atoms, in units of (V/N)^(1/3). */
    rms: number;
    /** Its lengths over those of this entry. */
    scale: number;
  })[];
  /** Entries of the same composition that were not compared, for the time that it takes. */
  uncompared: number;
  /** Null where the entry's symmetry was not found. */
  ofPrototype: { pearson: string; spaceGroupNumber: number; count: number; entries: KinEntry[] } | null;
  /** Of the same dataset, the most alike first; distance 0 for equal ones, 1 for opposite ones. */
  similar: (KinEntry & { distance: number })[];
}

export interface PatternMatch extends Omit<KinEntry, 'slug' | 'datasetTitle'> {
  /** The cosine between the two patterns, from 0 to 1. */
  score: number;
  /** By which the entry's lengths were multiplied to fit. */
  scale: number;
}

export interface PatternMatches {
  matches: PatternMatch[];
  /** How many entries were compared, and how many have no lines yet. */
  compared: number;
  progress: { done: number; total: number };
}

export interface EntryDetail {
  /** The cell that the structure is shown in, and why it is not the one that was asked for. */
  cell: EntryCell;
  cellNote: string | null;
  /** In how many directions its atoms are bonded without end; null where it is no crystal or too large. */
  dimensions: 0 | 1 | 2 | 3 | null;
  /** The single layers, each kind once, that a layered crystal comes apart into. */
  layers: { formula: string; sites: number }[];
  dataset: Pick<DatasetSummary, 'slug' | 'title' | 'version' | 'licence' | 'citation'>;
  key: string;
  formula: string;
  lastModified: Date | null;
  structure: StructureDetail;
  properties: { definition: PropertyDefinition; value: EntryValue }[];
  references: { key: string; attributes: Record<string, unknown> }[];
  related: RelatedEntry[];
}

/** One that came without a structure: what its formula says and its values are all there is. */
export type BareEntry = Omit<EntryDetail, 'structure'> & { structure: null };

export interface HullPhase {
  /** Null for an element that the dataset does not have, at zero by definition. */
  key: string | null;
  formula: string;
  /** Shares of the elements, in their order. */
  composition: number[];
  energyPerAtom: number;
  aboveHull: number;
}

/** A chemical system's phases and the hull of their energies of formation, in the unit of the property. */
export interface Hull {
  elements: string[];
  property: { name: string; title: string; unit: string | null };
  phases: HullPhase[];
  /** Which of them the entry is, and what it would fall apart into. */
  own: number;
  decomposition: { phase: number; share: number }[];
  /** Whether there are more phases than were taken. */
  isCut: boolean;
}

/** How an entry that was computed by Brine itself was made: all that is needed to compute it again. */
export interface EntryMaking {
  from: 'kernel';
  /** The command that runs the same inputs again and compares. */
  command: string;
  endedAt: string;
  protocol: string;
  kernel: { version: string; sha256: string };
  runs: {
    name: string;
    /** The kernel's input file. */
    input: string;
    /** Why it gave no result. */
    failure: string | null;
    seconds: number | null;
    pseudopotentials: Record<string, string>;
    irreducibleKpoints: number | null;
    cutoffHartree: number;
    /** The libraries that computed. */
    backend: string | null;
    notes: string[];
  }[];
}

/** How an entry that was published from a calculation was made. Nodes that were deleted since are named without a link. */
export interface CalculationMaking extends Omit<EntryProvenance, 'nodes'> {
  from: 'calculation';
  isThere: boolean;
  numbers: { title: string; node: string; isThere: boolean }[];
}
