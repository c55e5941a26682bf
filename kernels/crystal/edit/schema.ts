import { z } from 'zod';

const vector = z.tuple([z.number(), z.number(), z.number()]);
const integerVector = z.tuple([z.int(), z.int(), z.int()]);
const positive = z.number().positive();
const element = z.string().regex(/^[A-Z][a-z]?$/);
/** Indices of sites, from 0. */
const sites = z.array(z.int().min(0)).min(1).max(100_000);
const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const vacuum = z.number().min(0).max(200);

/** What can be done to a structure. Each makes another structure; fractions are of the cell, rows of a matrix are the new vectors in units of the old ones. */
export const structureEditSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('supercell'), matrix: z.tuple([integerVector, integerVector, integerVector]) }),
  z.object({ do: z.literal('niggli') }),
  /** Symmetric strain: every vector v becomes v (1 + strain), both cartesian; the atoms go along. */
  z.object({ do: z.literal('strain'), strain: z.tuple([vector, vector, vector]) }),
  /** Another cell with the same fractions. */
  z.object({
    do: z.literal('cell'),
    lengthsAngstrom: z.tuple([positive, positive, positive]),
    anglesDegrees: z.tuple([positive, positive, positive]),
  }),
  /** The middle of what is there comes to the middle of the cell; along directions that are not periodic the vector is across the others and leaves the vacuum. */
  z.object({
    do: z.literal('periodicity'),
    periodic: z.tuple([z.boolean(), z.boolean(), z.boolean()]),
    vacuumAngstrom: vacuum,
  }),
  /** Miller indices of the cell as it stands. `layers` repeats of the distance of the primitive lattice's planes; `termination` counts the ways to end it, from 0. */
  z.object({
    do: z.literal('slab'),
    miller: integerVector,
    layers: z.int().min(1).max(60),
    vacuumAngstrom: vacuum,
    termination: z.int().min(0).default(0),
  }),
  z.object({ do: z.literal('add'), element, fractional: vector.optional(), cartesianAngstrom: vector.optional() }),
  z.object({ do: z.literal('remove'), sites }),
  z.object({ do: z.literal('move'), sites, byAngstrom: vector }),
  /** About an axis through the middle of the atoms that turn. */
  z.object({ do: z.literal('rotate'), sites, axis: vector, degrees: z.number() }),
  /** In the plane through the middle of the atoms with this normal. */
  z.object({ do: z.literal('mirror'), sites, normal: vector }),
  z.object({ do: z.literal('replace'), sites, element }),
  /** A fraction of the atoms of an element, drawn by the seed, at least one. */
  z.object({ do: z.literal('substitute'), element, by: element, fraction: positive.max(1), seed }),
  /** Each atom in a direction of its own, by normally distributed steps of this root mean square along each axis. */
  z.object({ do: z.literal('shake'), rootMeanSquareAngstrom: positive.max(2), seed }),
  /** Words that tell sublattices apart, for initial moments; an empty one takes the label away. */
  z.object({ do: z.literal('label'), sites, label: z.string().max(64) }),
]);

export type StructureEditInput = z.input<typeof structureEditSchema>;
export type StructureEdit = z.infer<typeof structureEditSchema>;

/** A series of them, done one after the other. */
export const structureEditsSchema = z.array(structureEditSchema).min(1).max(100);
