import { KernelError } from '../../core/errors';
import { elements } from '../elements';
import type { Matrix3, Site, Structure, StructureInput, Vector3 } from '../schema';
import { cartesianPositions, parseStructure } from '../structure';
import { elementOfLabel, type FileContent, fileError, MOST_SITES, parseNumber, quote, splitLines, words } from './text';

/** Columns of extended XYZ that a site can hold, by the names that ASE writes. */
const numericColumns = {
  magmoms: 'momentBohrMagneton',
  initial_magmoms: 'momentBohrMagneton',
  charges: 'chargeE',
  initial_charges: 'chargeE',
  masses: 'massU',
} as const;

/** Reads XYZ and extended XYZ (Lattice, pbc, Properties); of several frames the first. */
export function readXyz(text: string): FileContent {
  const lines = splitLines(text);
  const count = /^\s*\d{1,30}\s*$/.test(lines[0] ?? '') ? Number(lines[0]) : 0;
  if (count < 1) throw fileError(1, `the number of atoms was expected here, not ${quote(lines[0] ?? '')}.`);
  if (count > MOST_SITES) throw fileError(1, `${count} atoms are more than the ${MOST_SITES} that can be read.`);
  const keys = readKeys(lines[1] ?? '');
  const cellAngstrom = readLattice(keys.get('lattice'));
  const columns = readColumns(keys.get('properties'));
  const sites = Array.from({ length: count }, (_, i) => readAtom(words(lines[2 + i] ?? ''), columns, i));
  const isMore = lines.slice(2 + count).some((line) => line.trim() !== '');
  return {
    structure: parseStructure({ cellAngstrom, periodic: readPbc(keys.get('pbc'), cellAngstrom), sites }),
    notes: isMore ? ['The file has more than one frame; the first was taken.'] : [],
  };
}

/** Extended XYZ with cartesian positions to all digits; moments, charges and masses where a site has them. */
export function writeXyz(structure: Structure): string {
  const { cellAngstrom, periodic, sites } = structure;
  if (sites.some(({ species }) => species.length !== 1 || species[0]!.concentration !== 1)) {
    throw new KernelError('format-cannot-hold', 'XYZ cannot hold partial occupancies; CIF and JSON can.');
  }
  const columns = (
    [
      ['initial_magmoms', 'momentBohrMagneton', 0],
      ['initial_charges', 'chargeE', 0],
      ['masses', 'massU', null],
    ] as const
  ).filter(([, field, absent]) =>
    absent === null ? sites.every((s) => s[field] !== undefined) : sites.some((s) => s[field] !== undefined),
  );
  const properties = ['species:S:1:pos:R:3', ...columns.map(([name]) => `${name}:R:1`)].join(':');
  const pbc = periodic.map((p) => (p ? 'T' : 'F')).join(' ');
  const lattice = cellAngstrom ? `Lattice="${cellAngstrom.flat().join(' ')}" ` : '';
  const positions = cartesianPositions(structure);
  const rows = sites.map((site, i) =>
    [site.species[0]!.element, ...positions[i]!, ...columns.map(([, field, absent]) => site[field] ?? absent)].join(
      ' ',
    ),
  );
  return [sites.length, `${lattice}Properties=${properties} pbc="${pbc}"`, ...rows, ''].join('\n');
}

/** The key=value pairs of the comment line, quotes or braces around values that hold blanks; linear in the line's length. */
function readKeys(line: string): Map<string, string> {
  const keys = new Map<string, string>();
  const pattern = /([A-Za-z_][\w-]{0,63})=(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|(\S+))/g;
  for (const [, key, double, single, braced, bare] of line.slice(0, 10_000).matchAll(pattern)) {
    keys.set(key!.toLowerCase(), double ?? single ?? braced ?? bare ?? '');
  }
  return keys;
}

function readLattice(value: string | undefined): Matrix3 | null {
  if (value === undefined) return null;
  const numbers = words(value).map(parseNumber);
  if (numbers.length !== 9 || numbers.includes(null)) {
    throw fileError(
      2,
      `Lattice should hold nine numbers (three cell vectors, one after the other), not ${quote(value)}.`,
    );
  }
  const n = numbers as number[];
  return [n.slice(0, 3), n.slice(3, 6), n.slice(6, 9)] as Matrix3;
}

function readPbc(value: string | undefined, cell: Matrix3 | null): [boolean, boolean, boolean] | undefined {
  if (!cell || value === undefined) return undefined;
  const flags = words(value);
  if (flags.length !== 3 || !flags.every((flag) => /^([tf]|true|false|[01])$/i.test(flag))) {
    throw fileError(2, `pbc should hold three of T and F, not ${quote(value)}.`);
  }
  return flags.map((flag) => /^[t1]/i.test(flag)) as [boolean, boolean, boolean];
}

/** Name -> index of its first word in a row. */
function readColumns(value: string | undefined): Map<string, number> {
  if (value === undefined)
    return new Map([
      ['species', 0],
      ['pos', 1],
    ]);
  const parts = value.split(':');
  const columns = new Map<string, number>();
  let at = 0;
  for (let i = 0; i + 2 < parts.length; i += 3) {
    const width = Number(parts[i + 2]);
    if (!Number.isInteger(width) || width < 1 || width > 1000) {
      throw fileError(2, `Properties should read like species:S:1:pos:R:3, not ${quote(value)}.`);
    }
    columns.set(parts[i]!.toLowerCase(), at);
    at += width;
  }
  if (!columns.has('species') || !columns.has('pos')) {
    throw fileError(2, `Properties should name species and pos, and reads ${quote(value)}.`);
  }
  return columns;
}

function readAtom(row: string[], columns: Map<string, number>, index: number): StructureInput['sites'][number] {
  const line = index + 3;
  const word = row[columns.get('species')!] ?? '';
  const element = /^\d{1,3}$/.test(word) ? elements[Number(word) - 1]?.symbol : elementOfLabel(word);
  if (!element)
    throw fileError(
      line,
      `atom ${index + 1} was expected here (an element and three coordinates), not ${quote(row.join(' '))}.`,
    );
  const at = columns.get('pos')!;
  const xyz = row.slice(at, at + 3).map(parseNumber);
  if (xyz.length < 3 || xyz.includes(null)) {
    throw fileError(
      line,
      `three coordinates of atom ${index + 1} (${element}) were expected, in ${quote(row.join(' '))}.`,
    );
  }
  const fields: Partial<Pick<Site, 'momentBohrMagneton' | 'chargeE' | 'massU'>> = {};
  for (const [name, field] of Object.entries(numericColumns)) {
    const value = columns.has(name) ? parseNumber(row[columns.get(name)!]) : null;
    if (value !== null && !(field === 'massU' && value <= 0)) fields[field] = value;
  }
  return { element, cartesianAngstrom: xyz as Vector3, ...fields };
}
