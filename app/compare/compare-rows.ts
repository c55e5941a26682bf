import type { BareEntry, EntryDetail, EntryValue, PropertyDefinition } from '@/server/schemas/datasets';
import { fixed, NOT_COMPUTED, plain } from '../format/number';
import { inUnit } from '../format/units';

export interface CompareRow {
  name: string;
  title: string;
  unit: string | null;
  cells: CompareCell[];
  /** Whether the known values are not all the same. */
  differs: boolean;
  /** Where the values were not computed alike. */
  note: string | null;
}

export interface CompareCell {
  text: string;
  /** Against the first known value of the row: "+2.1 %". */
  change: string | null;
  isKnown: boolean;
}

/** Some came without a structure, with values alone. */
type Entry = EntryDetail | BareEntry;

/** Numbers nearer than this, relative, are the same: what files round away. */
const SAME = 1e-6;

/** The rows of a comparison: what follows from the structures, then every property that one of the entries has. */
export function compareRows(entries: readonly Entry[]): CompareRow[] {
  const of = (title: string, unit: string | null, read: (entry: Entry) => string | number | null) =>
    toRow({ name: title, title, unit }, entries.map(read), null);
  const structural = [
    of('Dataset', null, ({ dataset }) => dataset.title),
    of('Space group', null, ({ structure }) =>
      structure?.symmetry ? `No. ${structure.symmetry.spaceGroupNumber}` : null,
    ),
    of('Crystal system', null, ({ structure }) => structure?.symmetry?.crystalSystem ?? null),
    of('Atoms in the cell', null, ({ structure }) => structure?.sites ?? null),
    of('a', 'Å', ({ structure }) => structure?.cell?.aAngstrom ?? null),
    of('b', 'Å', ({ structure }) => structure?.cell?.bAngstrom ?? null),
    of('c', 'Å', ({ structure }) => structure?.cell?.cAngstrom ?? null),
    of('α', '°', ({ structure }) => structure?.cell?.alphaDegrees ?? null),
    of('β', '°', ({ structure }) => structure?.cell?.betaDegrees ?? null),
    of('γ', '°', ({ structure }) => structure?.cell?.gammaDegrees ?? null),
    of('Volume per atom', 'Å³', ({ structure }) =>
      structure && structure.volumeAngstrom3 !== null ? structure.volumeAngstrom3 / structure.sites : null,
    ),
    of('Density', 'g/cm³', ({ structure }) => structure?.densityGramPerCm3 ?? null),
  ];
  // Whatever a dataset tells of these as well follows from the same structure.
  const told = new Set(structural.map(({ title }) => title));
  return [...structural, ...propertyRows(entries).filter(({ title }) => !told.has(title))];
}

function propertyRows(entries: readonly Entry[]): CompareRow[] {
  const definitions = new Map<string, PropertyDefinition>();
  for (const { definition } of entries.flatMap(({ properties }) => properties))
    if (!definitions.has(definition.name)) definitions.set(definition.name, definition);
  return [...definitions.values()].map((definition) => {
    const found = entries.map(({ properties }) => properties.find((one) => one.definition.name === definition.name));
    const methods = new Set(found.flatMap((one) => (one && one.value.is === 'value' ? [one.definition.method] : [])));
    return toRow(
      definition,
      found.map((one) => (one ? readValue(one.value, one.definition.unit, definition.unit) : null)),
      methods.size > 1 ? 'Not all computed by the same method.' : null,
    );
  });
}

function readValue(value: EntryValue, from: string | null, to: string | null): string | number | null {
  if (value.is !== 'value') return null;
  if (typeof value.value === 'number') return from && to ? inUnit(value.value, from, to) : value.value;
  return typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
}

function toRow(
  { name, title, unit }: Pick<PropertyDefinition, 'name' | 'title' | 'unit'>,
  values: readonly (string | number | null)[],
  note: string | null,
): CompareRow {
  const known = values.filter((value) => value !== null);
  const [first] = known;
  return {
    ...{ name, title, unit, note },
    cells: values.map((value) => ({
      text: value === null ? NOT_COMPUTED : typeof value === 'number' ? plain(value, 6) : value,
      change: first === undefined || value === null || isSame(value, first) ? null : changeText(value, first, unit),
      isKnown: value !== null,
    })),
    differs: known.some((value) => !isSame(value, first!)),
  };
}

const isSame = (a: string | number, b: string | number) =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b))
    : a === b;

/** Of measures of one sign the share; of counts, numbers of space groups and angles it says nothing. */
function changeText(value: string | number, first: string | number, unit: string | null): string | null {
  if (typeof value !== 'number' || typeof first !== 'number' || value * first <= 0 || unit === '°') return null;
  if (unit === null && Number.isInteger(value) && Number.isInteger(first)) return null;
  const percent = 100 * (value / first - 1);
  return `${percent > 0 ? '+' : ''}${fixed(percent, Math.abs(percent) < 10 ? 2 : 0)} %`;
}
