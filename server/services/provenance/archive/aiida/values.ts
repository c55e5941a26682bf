import { z } from 'zod';
import type { StructureInput } from '@/kernels/crystal/schema';
import { vectorSchema } from '@/server/schemas/common';
import { type ArrayFacts, arrayFacts, holdsObjects } from './npy-facts';

/** A value that is left out, and why. */
export class Unfit extends Error {}

/** The value of a node as it is stored here. */
export interface AiidaValue {
  kind: string;
  value: unknown;
  structure?: StructureInput;
}

/** Reads a file of the node by its name; null where there is none. */
export type ReadFile = (name: string) => Promise<Buffer | null>;

const structureAttributes = z.object({
  cell: z.tuple([vectorSchema, vectorSchema, vectorSchema]),
  pbc1: z.boolean(),
  pbc2: z.boolean(),
  pbc3: z.boolean(),
  kinds: z
    .array(
      z.object({
        name: z.string().max(64),
        symbols: z.array(z.string()).min(1).max(16),
        weights: z.array(z.number()).min(1).max(16),
      }),
    )
    .max(1_000),
  sites: z.array(z.object({ kind_name: z.string(), position: vectorSchema })).max(100_000),
});

/** Lengths in angstrom, as AiiDA has them. A kind keeps its name where it is not the symbol of its element. */
export function structureOf(attributes: unknown): StructureInput {
  const { cell, kinds, sites, pbc1, pbc2, pbc3 } = checked(structureAttributes, attributes);
  const kindOf = new Map(kinds.map((kind) => [kind.name, kind]));
  return {
    cellAngstrom: cell,
    periodic: [pbc1, pbc2, pbc3],
    sites: sites.map(({ kind_name, position }) => {
      const kind = kindOf.get(kind_name);
      if (!kind || kind.weights.length !== kind.symbols.length)
        throw new Unfit(`its kind ${kind_name} is not described`);
      const species = kind.symbols.map((element, i) => ({ element, concentration: kind.weights[i]! }));
      const isPlain = species.length === 1 && species[0]!.element === kind.name;
      return { species, cartesianAngstrom: position, ...(isPlain ? {} : { label: kind.name }) };
    }),
  };
}

const bandsAttributes = z.object({
  units: z.string().max(20).default('eV'),
  cell: z.tuple([vectorSchema, vectorSchema, vectorSchema]).nullish(),
  labels: z.array(z.string().max(64)).max(10_000).nullish(),
  label_numbers: z.array(z.number().int().min(0)).max(10_000).nullish(),
});

/** What bands are, beside their arrays: bands[kpoint][band] or [spin][kpoint][band], kpoints[kpoint][3] in units of the reciprocal cell. */
async function bandsOf(attributes: unknown, read: ReadFile) {
  const { units, cell, labels, label_numbers: indices } = checked(bandsAttributes, attributes);
  const [bands, kpoints] = [await factsOf('bands.npy', read), await factsOf('kpoints.npy', read)];
  const [bandCount, kpointCount, spinCount = 1] = [...bands.shape].reverse();
  if (bands.shape.length < 2 || bands.shape.length > 3 || kpoints.shape.length !== 2 || kpoints.shape[1] !== 3)
    throw new Unfit('its arrays do not have the shapes of bands and k-points');
  if (kpoints.shape[0] !== kpointCount) throw new Unfit('it has not as many bands as k-points');
  return {
    ...{ units, spinCount, kpointCount, bandCount },
    ...{ minimum: bands.minimum, maximum: bands.maximum, cellAngstrom: cell ?? null },
    labels: (labels ?? []).map((label, i) => ({ kpoint: indices?.[i] ?? null, label })),
  };
}

async function factsOf(name: string, read: ReadFile): Promise<ArrayFacts> {
  const bytes = await read(name);
  if (!bytes) throw new Unfit(`its file ${name} is missing`);
  const facts = arrayFacts(bytes);
  if (!facts) throw new Unfit(`its file ${name} is no array of finite numbers that is read here`);
  return facts;
}

const ofValue = <Schema extends z.ZodType>(value: Schema) => z.object({ value });
/** The plain values, each with what its attributes must be. */
const plain: Record<string, { kind: string; schema: z.ZodType }> = {
  'data.core.dict.Dict.': { kind: 'aiida-dict', schema: z.record(z.string(), z.unknown()) },
  'data.core.list.List.': { kind: 'aiida-list', schema: z.object({ list: z.array(z.unknown()) }) },
  'data.core.int.Int.': { kind: 'aiida-int', schema: ofValue(z.number().int()) },
  'data.core.float.Float.': { kind: 'aiida-float', schema: ofValue(z.number()) },
  'data.core.str.Str.': { kind: 'aiida-str', schema: ofValue(z.string()) },
  'data.core.bool.Bool.': { kind: 'aiida-bool', schema: ofValue(z.boolean()) },
};

/** The forms of the values, by their kinds here. */
export const aiidaKinds: Record<string, z.ZodType> = {
  ...Object.fromEntries(Object.values(plain).map(({ kind, schema }) => [kind, schema])),
  'aiida-bands': z.object({
    units: z.string(),
    spinCount: z.number().int(),
    kpointCount: z.number().int(),
    bandCount: z.number().int(),
    minimum: z.number(),
    maximum: z.number(),
    cellAngstrom: z.tuple([vectorSchema, vectorSchema, vectorSchema]).nullable(),
    labels: z.array(z.object({ kpoint: z.number().int().nullable(), label: z.string() })),
  }),
  'aiida-data': z.object({ type: z.string(), attributes: z.unknown() }),
};

/** A data node as a value; what has no form of its own here keeps its attributes, and the name of its type. Throws Unfit. */
export async function toValue(type: string, attributes: unknown, read: ReadFile): Promise<AiidaValue> {
  if (type === 'data.core.structure.StructureData.')
    return { kind: 'structure', value: null, structure: structureOf(attributes) };
  if (type === 'data.core.array.bands.BandsData.')
    return { kind: 'aiida-bands', value: await bandsOf(attributes, read) };
  const known = plain[type];
  if (known) return { kind: known.kind, value: checked(known.schema, attributes) };
  return { kind: 'aiida-data', value: { type, attributes } };
}

/** Arrays of numbers are kept; those of Python objects could only be read by running what is in them. */
export async function refuseObjects(names: readonly string[], read: ReadFile): Promise<void> {
  for (const name of names) {
    const bytes = name.endsWith('.npy') ? await read(name) : null;
    if (bytes && holdsObjects(bytes)) throw new Unfit(`its file ${name} holds Python objects, or is no array`);
  }
}

export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new Unfit(`its attributes are not those of its type: ${issue.path.join('.') || 'they'}: ${issue.message}`);
}
