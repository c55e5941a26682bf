import { KernelError } from '@/kernels/core/errors';
import { cellVolume } from '@/kernels/crystal/cell';
import { isElement } from '@/kernels/crystal/elements';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import type { Structure } from '@/kernels/crystal/schema';
import { structureHash } from '@/kernels/crystal/structure-hash';
import { PROPERTIES_MAX, propertyNameSchema } from '@/server/schemas/datasets';
import { optimadeFormulas } from './formulas';

/** An entry as the tables take it. */
export interface ReadEntry {
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
  volumeAngstrom3: number | null;
  structureHash: string | null;
  lastModified: string | null;
  /** Of the standard. */
  attributes: Record<string, unknown>;
  /** Of providers, with their prefix; null is left out. */
  properties: Record<string, unknown>;
  /** Reasons by the name of the property whose computation failed; null where none did. */
  failures: Record<string, string> | null;
  referenceKeys: string[];
}

/** Why an entry was left out. */
export class EntryRefused extends Error {
  override readonly name = 'EntryRefused';
}

/** Where our own files say which computations failed, and why. */
export const FAILURES = '_brine_failures';
export const KEY_MAX = 300;
const SITES_MAX = 20_000;
/** Attributes that are kept as they came, if they are of the type that the standard gives them. */
const kept: Record<string, (value: unknown) => boolean> = {
  immutable_id: isText,
  species_at_sites: (value) => isListOf(value, isText),
  structure_features: (value) => isListOf(value, isText),
  assemblies: Array.isArray,
  species: Array.isArray,
  lattice_vectors: Array.isArray,
  cartesian_site_positions: Array.isArray,
  dimension_types: (value) => isListOf(value, (item) => item === 0 || item === 1) && (value as unknown[]).length === 3,
  space_group_symmetry_operations_xyz: (value) => isListOf(value, isText),
  space_group_symbol_hall: isText,
  space_group_symbol_hermann_mauguin: isText,
  space_group_symbol_hermann_mauguin_extended: isText,
};

/**
 * An entry of OPTIMADE, checked: what can be worked out from its atoms is, so that the rules of the standard hold whatever the author wrote
 * (elements by the alphabet, ratios that sum to one, reduced and anonymous formulas). Throws EntryRefused with a sentence.
 */
export function readEntry(value: unknown): ReadEntry {
  if (!isObject(value) || !isObject(value.attributes)) throw new EntryRefused('It has no attributes.');
  const { id, attributes: given } = value;
  if (typeof id !== 'string' || id === '' || id.length > KEY_MAX)
    throw new EntryRefused(`Its id is no text of 1 to ${KEY_MAX} characters.`);
  const structure = readStructure(given);
  const derived = optimadeFormulas(structure);
  const reduced = derived.reduced ?? formulaText(given.chemical_formula_reduced);
  const anonymous = derived.anonymous ?? formulaText(given.chemical_formula_anonymous);
  if (reduced === null || anonymous === null)
    throw new EntryRefused('Its occupations give no formula in whole numbers, and it names none.');
  const attributes: Record<string, unknown> = { elements_ratios: derived.ratios };
  for (const [name, isFit] of Object.entries(kept))
    if (given[name] != null && isFit(given[name])) attributes[name] = given[name];
  attributes.structure_features ??= structureFeatures(structure);
  const isCrystal = structure.cellAngstrom !== null && structure.periodic.every(Boolean);
  return {
    key: id,
    elements: derived.elements,
    elementCount: derived.elements.length,
    siteCount: structure.sites.length,
    periodicCount: structure.periodic.filter(Boolean).length,
    formulaReduced: reduced,
    formulaAnonymous: anonymous,
    formulaHill: formulaText(given.chemical_formula_hill) ?? derived.hill,
    formulaDescriptive: formulaText(given.chemical_formula_descriptive) ?? reduced,
    spaceGroupNumber: isCrystal ? spaceGroupNumber(given.space_group_it_number) : null,
    volumeAngstrom3: isCrystal ? cellVolume(structure.cellAngstrom!) : null,
    structureHash: structureHash(structure),
    lastModified: moment(given.last_modified),
    attributes,
    properties: ownProperties(given),
    failures: readFailures(given[FAILURES]),
    referenceKeys: referenceKeys(value.relationships),
  };
}

function readStructure(attributes: Record<string, unknown>): Structure {
  const positions = attributes.cartesian_site_positions;
  if (!Array.isArray(positions) || positions.length === 0)
    throw new EntryRefused('It has no cartesian_site_positions.');
  if (positions.length > SITES_MAX)
    throw new EntryRefused(`It has ${positions.length} sites; at most ${SITES_MAX} are taken.`);
  try {
    const structure = fromOptimade(attributes);
    const unknown = structure.sites.flatMap(({ species }) => species).find(({ element }) => !isElement(element));
    if (unknown) throw new EntryRefused(`${unknown.element} is no element.`);
    return structure;
  } catch (err) {
    if (err instanceof KernelError) throw new EntryRefused(err.message);
    throw err;
  }
}

const structureFeatures = ({ sites }: Structure): string[] =>
  sites.some(({ species }) => species.length > 1 || species[0]!.concentration < 1) ? ['disorder'] : [];

function ownProperties(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) => name.startsWith('_') && name !== FAILURES && value !== null && value !== undefined,
    ),
  );
}

function readFailures(value: unknown): Record<string, string> | null {
  if (!isObject(value)) return null;
  const reasons = Object.entries(value).flatMap(([name, why]) =>
    propertyNameSchema.safeParse(name).success && isText(why) ? [[name, why.slice(0, 400)] as const] : [],
  );
  return reasons.length > 0 ? Object.fromEntries(reasons.slice(0, PROPERTIES_MAX)) : null;
}

function referenceKeys(relationships: unknown): string[] {
  const data = isObject(relationships) && isObject(relationships.references) ? relationships.references.data : null;
  if (!Array.isArray(data)) return [];
  return data
    .flatMap((item) => (isObject(item) && typeof item.id === 'string' ? [item.id.slice(0, KEY_MAX)] : []))
    .slice(0, 100);
}

export const spaceGroupNumber = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 230 ? value : null;

/** OPTIMADE's own form is kept to the millisecond; what is no moment counts as unknown. */
function moment(value: unknown): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

const formulaText = (value: unknown) => (isText(value) && value !== '' && value.length <= 1_000 ? value : null);

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isListOf(value: unknown, isFit: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isFit);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
