import { inverse, rowTimesMatrix } from '@/kernels/crystal/linear';
import type { Matrix3, Vector3 } from '@/kernels/crystal/schema';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import { structureColumns } from './columns';

/** A row as `selectEntries` reads it. */
export interface EntryRow {
  number: number;
  key: string;
  elements: string[];
  elementCount: number;
  siteCount: number;
  periodicCount: number;
  formulaReduced: string;
  formulaAnonymous: string;
  formulaHill: string | null;
  formulaDescriptive: string | null;
  spaceGroupNumber: number | null;
  lastModified: Date | null;
  properties: Record<string, unknown>;
  referenceKeys: string[];
  attributes: Record<string, unknown> | null;
}

export interface JsonApiEntry {
  id: string;
  type: string;
  attributes: Record<string, unknown>;
  relationships?: Record<string, { data: { type: string; id: string }[] }>;
}

/** An entry as a resource of JSON:API, with the attributes that were asked for (null: all). What is not known is null. */
export function writeEntry(
  row: EntryRow,
  definitions: readonly PropertyDefinition[],
  fields: ReadonlySet<string> | null,
): JsonApiEntry {
  const attributes: Record<string, unknown> = {};
  const columns = columnValues(row);
  const names = fields ?? [...Object.keys(structureColumns), ...definitions.map(({ name }) => name)];
  for (const name of names) {
    if (name === 'id' || name === 'type') continue;
    attributes[name] = columns[name] ?? row.attributes?.[name] ?? row.properties[name] ?? null;
  }
  const references = row.referenceKeys.map((id) => ({ type: 'references', id }));
  return {
    id: row.key,
    type: 'structures',
    attributes,
    ...(references.length > 0 ? { relationships: { references: { data: references } } } : {}),
  };
}

/** What has a column of its own: that is what filters saw. */
const columnValues = (row: EntryRow): Record<string, unknown> => ({
  last_modified: row.lastModified?.toISOString().replace(/\.000Z$/, 'Z'),
  elements: row.elements,
  nelements: row.elementCount,
  nsites: row.siteCount,
  nperiodic_dimensions: row.periodicCount,
  chemical_formula_reduced: row.formulaReduced,
  chemical_formula_anonymous: row.formulaAnonymous,
  chemical_formula_hill: row.formulaHill,
  chemical_formula_descriptive: row.formulaDescriptive,
  space_group_it_number: row.spaceGroupNumber,
  ...(row.periodicCount === 3 ? cellValues(row) : {}),
});

/** Of 1.3, for what repeats in all three directions. */
function cellValues({ attributes }: EntryRow): Record<string, unknown> {
  const { lattice_vectors: cell, cartesian_site_positions: places, site_coordinate_span: span } = attributes ?? {};
  return {
    site_coordinate_span: span ?? 'unit_cell',
    fractional_site_positions: Array.isArray(cell) && Array.isArray(places) ? inCell(places, cell as Matrix3) : null,
  };
}

function inCell(places: readonly Vector3[], cell: Matrix3): Vector3[] {
  const toFractional = inverse(cell);
  return places.map((place) => rowTimesMatrix(place, toFractional));
}
