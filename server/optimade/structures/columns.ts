import type { Field } from '../filter/fields';
import { raw } from '../filter/sql';

/** A property of the standard in the tables: how it is asked for, and how it is described. `e` is the entry's row. */
export interface Column {
  field: Field;
  /** OPTIMADE's name of its type. */
  type: 'string' | 'integer' | 'float' | 'timestamp' | 'list' | 'dictionary';
  unit?: string;
  description: string;
}

/** A part of the structure, which is kept in a table of its own; SQL's NULL where it is absent or null. */
const attribute = (name: string) =>
  `(SELECT NULLIF(s."attributes" -> '${name}', 'null') FROM "EntryStructure" s WHERE s."datasetId" = e."datasetId" AND s."number" = e."number")`;
const attributeText = (name: string) =>
  `(SELECT s."attributes" ->> '${name}' FROM "EntryStructure" s WHERE s."datasetId" = e."datasetId" AND s."number" = e."number")`;
const arrayOf = (json: string, type: 'text' | 'double precision') =>
  `(CASE WHEN ${json} IS NOT NULL THEN ARRAY(SELECT item::${type} FROM jsonb_array_elements_text(${json}) AS list(item)) END)`;
const nested = (name: string, length = `jsonb_array_length(${attribute(name)})`): Field => ({
  is: 'nested-list',
  sql: raw(attribute(name)),
  lengthSql: raw(length),
});
const list = (item: 'string' | 'number', text: string, length?: string): Field => ({
  is: 'list',
  item,
  sql: raw(text),
  ...(length ? { lengthSql: raw(length) } : {}),
});
const texts = (name: string, length?: string) => list('string', arrayOf(attribute(name), 'text'), length);
const numbers = (name: string, length?: string) => list('number', arrayOf(attribute(name), 'double precision'), length);
const text = (expression: string): Field => ({ is: 'scalar', type: 'string', sql: raw(expression) });
const number = (expression: string): Field => ({ is: 'scalar', type: 'number', sql: raw(expression) });

/** Places by the vectors of the cell are known of what repeats in all three directions: the cell is then whole. */
const wholeCell = (expression: string) => `(CASE WHEN e."periodicCount" = 3 THEN ${expression} END)`;

/** All properties of structures in OPTIMADE 1.2 that are served, by their name, and those that 1.3 adds. */
export const structureColumns: Record<string, Column> = {
  id: { field: text('e."key"'), type: 'string', description: 'The id of the entry within its dataset.' },
  type: { field: text(`'structures'::text`), type: 'string', description: 'The type of the entry: structures.' },
  immutable_id: {
    field: text(attributeText('immutable_id')),
    type: 'string',
    description: 'An id that never names anything else.',
  },
  last_modified: {
    field: { is: 'scalar', type: 'timestamp', sql: raw('e."lastModified"') },
    type: 'timestamp',
    description: 'When the entry was last changed.',
  },
  elements: {
    field: list('string', 'e."elements"', 'e."elementCount"'),
    type: 'list',
    description: 'The symbols of the elements, by the alphabet.',
  },
  nelements: { field: number('e."elementCount"'), type: 'integer', description: 'How many elements there are.' },
  elements_ratios: {
    field: numbers('elements_ratios', 'e."elementCount"'),
    type: 'list',
    description: 'The share of each element, in the order of elements; they sum to one.',
  },
  chemical_formula_descriptive: {
    field: text('e."formulaDescriptive"'),
    type: 'string',
    description: 'The formula as the author wrote it.',
  },
  chemical_formula_reduced: {
    field: text('e."formulaReduced"'),
    type: 'string',
    description: 'The formula with the smallest whole numbers, elements by the alphabet.',
  },
  chemical_formula_hill: {
    field: text('e."formulaHill"'),
    type: 'string',
    description: 'The formula in the order of Hill.',
  },
  chemical_formula_anonymous: {
    field: text('e."formulaAnonymous"'),
    type: 'string',
    description: 'The formula with A, B, C for the elements, the most frequent first.',
  },
  dimension_types: {
    field: numbers('dimension_types'),
    type: 'list',
    description: 'For each of the three directions 1 where the structure repeats, else 0.',
  },
  nperiodic_dimensions: {
    field: number('e."periodicCount"'),
    type: 'integer',
    description: 'In how many directions the structure repeats.',
  },
  lattice_vectors: {
    field: nested('lattice_vectors'),
    type: 'list',
    unit: 'Å',
    description: 'The three vectors of the cell, each in cartesian coordinates.',
  },
  cartesian_site_positions: {
    field: nested('cartesian_site_positions', 'e."siteCount"'),
    type: 'list',
    unit: 'Å',
    description: 'Where each site is, in cartesian coordinates.',
  },
  fractional_site_positions: {
    field: {
      is: 'nested-list',
      sql: raw(wholeCell(attribute('cartesian_site_positions'))),
      lengthSql: raw(wholeCell('e."siteCount"')),
    },
    type: 'list',
    description: 'Where each site is, in units of the vectors of the cell; of what repeats in all three directions.',
  },
  site_coordinate_span: {
    field: text(`COALESCE(${attributeText('site_coordinate_span')}, ${wholeCell("'unit_cell'::text")})`),
    type: 'string',
    description: 'What the sites are all of: unit_cell, where the entry says nothing else.',
  },
  site_coordinate_span_description: {
    field: text(attributeText('site_coordinate_span_description')),
    type: 'string',
    description: 'What the sites are all of, in words, where no word of the standard says it.',
  },
  wyckoff_positions: {
    field: texts('wyckoff_positions'),
    type: 'list',
    description: 'The letter of the Wyckoff position of each site.',
  },
  optimization_type: {
    field: text(attributeText('optimization_type')),
    type: 'string',
    description: 'How the structure was come to: by experiment, or by which kind of computation.',
  },
  nsites: { field: number('e."siteCount"'), type: 'integer', description: 'How many sites the cell has.' },
  species: { field: nested('species'), type: 'list', description: 'The kinds of sites: elements and their shares.' },
  species_at_sites: {
    field: texts('species_at_sites', 'e."siteCount"'),
    type: 'list',
    description: 'The name of the species on each site.',
  },
  assemblies: { field: nested('assemblies'), type: 'list', description: 'Groups of sites that are occupied together.' },
  structure_features: {
    field: texts('structure_features'),
    type: 'list',
    description: 'What makes a structure more than sites with one atom each: disorder, implicit_atoms, and others.',
  },
  space_group_it_number: {
    field: number('e."spaceGroupNumber"'),
    type: 'integer',
    description: 'The number of the space group in the International Tables.',
  },
  space_group_symbol_hermann_mauguin: {
    field: text(attributeText('space_group_symbol_hermann_mauguin')),
    type: 'string',
    description: 'The short Hermann-Mauguin symbol of the space group.',
  },
  space_group_symbol_hermann_mauguin_extended: {
    field: text(attributeText('space_group_symbol_hermann_mauguin_extended')),
    type: 'string',
    description: 'The extended Hermann-Mauguin symbol of the space group.',
  },
  space_group_symbol_hall: {
    field: text(attributeText('space_group_symbol_hall')),
    type: 'string',
    description: 'The Hall symbol of the space group.',
  },
  space_group_symmetry_operations_xyz: {
    field: texts('space_group_symmetry_operations_xyz'),
    type: 'list',
    description: 'The symmetry operations of the space group, as x,y,z.',
  },
};

/** Parts of species that a filter can look into. */
export const nestedColumns: Record<string, Field> = {
  'species.name': speciesPart('name'),
  'species.original_name': speciesPart('original_name'),
  'references.id': list('string', 'NULLIF(e."referenceKeys", ARRAY[]::text[])'),
  references: list('string', 'NULLIF(e."referenceKeys", ARRAY[]::text[])'),
};

function speciesPart(name: string): Field {
  const species = attribute('species');
  return list(
    'string',
    `(CASE WHEN ${species} IS NOT NULL THEN ARRAY(SELECT item ->> '${name}' FROM jsonb_array_elements(${species}) AS list(item)) END)`,
  );
}
