import { z } from 'zod';

const vector = z.tuple([z.number(), z.number(), z.number()]);
const matrix = z.tuple([vector, vector, vector]);

/** One kind of atom on a site; concentrations of a site sum to at most 1 (the rest is vacancy). */
export const speciesSchema = z.object({
  element: z.string().regex(/^[A-Z][a-z]?$/),
  concentration: z.number().positive().max(1),
});

/**
 * A site. With a cell its place is `fractional` (in units of the cell vectors), without one `cartesianAngstrom`.
 * `element` is short for one species of concentration 1.
 */
export const siteSchema = z
  .object({
    element: z
      .string()
      .regex(/^[A-Z][a-z]?$/)
      .optional(),
    /** Of `element`, 1 when absent; a site that is partly empty is told apart from a whole atom, whichever word its author used. */
    concentration: z.number().positive().max(1).optional(),
    occupancy: z.number().positive().max(1).optional(),
    species: z.array(speciesSchema).min(1).max(16).optional(),
    fractional: vector.optional(),
    cartesianAngstrom: vector.optional(),
    label: z.string().max(64).optional(),
    momentBohrMagneton: z.number().optional(),
    chargeE: z.number().optional(),
    massU: z.number().positive().optional(),
  })
  .refine((s) => (s.element === undefined) !== (s.species === undefined), 'give either element or species')
  .refine(
    (s) => (s.fractional === undefined) !== (s.cartesianAngstrom === undefined),
    'give either fractional or cartesianAngstrom',
  );

/** A crystal, slab, wire or molecule as people write it in JSON. Cell vectors are the rows of `cellAngstrom`. */
export const structureInputSchema = z.object({
  cellAngstrom: matrix.nullish(),
  periodic: z.tuple([z.boolean(), z.boolean(), z.boolean()]).optional(),
  sites: z.array(siteSchema).min(1).max(100_000),
});

export type Vector3 = [number, number, number];
export type Matrix3 = [Vector3, Vector3, Vector3];
export type StructureInput = z.input<typeof structureInputSchema>;

export interface Species {
  element: string;
  concentration: number;
}

/** A site in canonical form: always `species`; `position` is fractional when the structure has a cell, else cartesian in angstrom. */
export interface Site {
  species: Species[];
  position: Vector3;
  label?: string;
  momentBohrMagneton?: number;
  chargeE?: number;
  massU?: number;
}

/** The canonical, immutable structure: what is hashed, stored and handed between modules. */
export interface Structure {
  /** Rows are the cell vectors, angstrom; null for a molecule without a cell. */
  cellAngstrom: Matrix3 | null;
  periodic: [boolean, boolean, boolean];
  sites: Site[];
}
