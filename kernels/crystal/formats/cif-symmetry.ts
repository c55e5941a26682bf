import { determinant, multiply, transpose } from '../linear';
import { hallEntries, operationsOfHall } from '../moyo';
import { identityOperation, type SymmetryOperation } from '../operations';
import type { Matrix3, Vector3 } from '../schema';
import type { CifBlock, CifValue } from './cif-blocks';
import { fileError, parseNumber, quote } from './text';

const MOST_OPERATIONS = 400;

/** Possible sets of operations of a block, more than one where the file leaves the origin open; the first is the likeliest. */
export interface CifSymmetry {
  choices: SymmetryOperation[][];
  notes: string[];
}

const operationTags = [
  '_space_group_symop_operation_xyz',
  '_space_group_symop.operation_xyz',
  '_symmetry_equiv_pos_as_xyz',
  '_symmetry_equiv.pos_as_xyz',
];
const hallTags = ['_space_group_name_hall', '_symmetry_space_group_name_hall', '_space_group.name_hall'];
const nameTags = [
  '_space_group_name_h-m_alt',
  '_symmetry_space_group_name_h-m',
  '_space_group.name_h-m_alt',
  '_symmetry.space_group_name_h-m',
  '_space_group_name_h-m_full',
  '_symmetry_space_group_name_h-m_full',
];
const numberTags = [
  '_space_group_it_number',
  '_symmetry_int_tables_number',
  '_space_group.it_number',
  '_symmetry.int_tables_number',
];

/** The operations listed in the block; else those of its space group by Hall symbol, Hermann-Mauguin symbol or number; else the identity. */
export function readCifSymmetry(block: CifBlock, cellAngstrom: Matrix3): CifSymmetry {
  const listed = operationTags.map((tag) => block.columns.get(tag)).find((column) => column?.length);
  if (listed) {
    if (listed.length > MOST_OPERATIONS) {
      throw fileError(listed[0]!.line, `${listed.length} symmetry operations are more than any space group has.`);
    }
    return { choices: [listed.map(parseOperation)], notes: [] };
  }
  const [hall, name, number] = [hallTags, nameTags, numberTags].map((tags) => known(block, tags));
  if (!hall && !name && !number)
    return { choices: [[identityOperation]], notes: ['The file names no symmetry; all atoms are taken to be listed.'] };
  if (normal(name?.text ?? '') === 'p1' || (!name && !hall && number?.text === '1'))
    return { choices: [[identityOperation]], notes: [] };
  return byName(hall, name, number, cellAngstrom);
}

/** "-x+1/2, y, z-x" to a rotation and a translation. */
export function parseOperation({ text, line }: CifValue): SymmetryOperation {
  const parts = text.split(',');
  const rows = parts.length === 3 && text.length < 200 ? parts.map(parseComponent) : [null];
  if (rows.includes(null))
    throw fileError(line, `a symmetry operation such as "-x, y+1/2, z" was expected, not ${quote(text)}.`);
  const rotation = rows.map((row) => row!.slice(0, 3)) as Matrix3;
  const translation = rows.map((row) => row![3]!) as Vector3;
  if (Math.abs(Math.abs(determinant(rotation)) - 1) > 1e-9) {
    throw fileError(line, `${quote(text)} is no symmetry operation: it does not preserve the volume.`);
  }
  return { rotation, translation };
}

/** The coefficients of x, y, z and the constant, or null. */
function parseComponent(text: string): number[] | null {
  const compact = text.replace(/\s+/g, '').toLowerCase();
  const terms = compact.match(/[+-]?[^+-]+/g) ?? [];
  if (compact === '' || terms.join('') !== compact) return null;
  const row = [0, 0, 0, 0];
  for (const term of terms) {
    const match = /^([+-]?)(?:([\d.]+)(?:\/([\d.]+))?\*?)?([xyz]?)$/.exec(term);
    if (!match || (match[2] === undefined && !match[4])) return null;
    const size = match[2] === undefined ? 1 : Number(match[2]) / Number(match[3] ?? 1);
    const column = match[4] ? 'xyz'.indexOf(match[4]) : 3;
    row[column]! += match[1] === '-' ? -size : size;
  }
  const isSound = row.every(Number.isFinite) && row.slice(0, 3).every((x) => Number.isInteger(x) && Math.abs(x) <= 2);
  return isSound ? row : null;
}

function byName(hall: CifValue | null, name: CifValue | null, number: CifValue | null, cell: Matrix3): CifSymmetry {
  const entries = hallEntries();
  const groupNumber = number ? parseNumber(number.text) : null;
  const byHall = hall ? entries.filter((e) => normal(e.hall_symbol) === normal(hall.text)) : [];
  const candidates = byHall.length ? byHall : matching(entries, name, groupNumber);
  const fitting = candidates.filter((entry) => preservesMetric(entry.hall_number, cell));
  const shown = [hall, name, number].flatMap((value) => (value ? [quote(value.text)] : [])).join(', ');
  const line = (hall ?? name ?? number)!.line;
  if (candidates.length === 0) throw fileError(line, `there is no space group ${shown}.`);
  if (fitting.length === 0) {
    throw fileError(line, `the cell does not have the lengths and angles that the space group ${shown} needs.`);
  }
  const first = fitting[0]!;
  const isOriginOpen = first.setting === '1' || first.setting === '2';
  const choices = isOriginOpen ? fitting.filter((e) => e.number === first.number && /^[12]$/.test(e.setting)) : [first];
  return {
    choices: choices.map((entry) => operationsOfHall(entry.hall_number)),
    notes: [`The file lists no symmetry operations; those of ${first.hm_full} (number ${first.number}) were used.`],
  };
}

type Entry = ReturnType<typeof hallEntries>[number];

/** By the full symbol, by the full one without its ones ("P 2_1/n"), by the short one; the qualifier after a colon chooses the setting. */
function matching(entries: Entry[], name: CifValue | null, groupNumber: number | null): Entry[] {
  const ofNumber = groupNumber === null ? entries : entries.filter((e) => e.number === groupNumber);
  const standard = ofNumber
    .filter((e) => /^([12HR]?|[abc]1?)$/.test(e.setting))
    .sort((a, b) => settingRank(a) - settingRank(b));
  if (!name) return standard;
  const [symbol, qualifier] = splitQualifier(name.text);
  const withQualifier = ofNumber.filter((e) => !qualifier || e.setting.toLowerCase() === qualifier);
  const full = withQualifier.filter((e) => normal(e.hm_full) === symbol);
  const stripped = withQualifier.filter((e) => normal(e.hm_full.replace(/ 1(?= |$)/g, '')) === symbol);
  const short = withQualifier.filter((e) => normal(e.hm_short) === symbol);
  const found = [full, stripped, short].find((list) => list.length > 0) ?? [];
  // A name that no table has, beside a number: the number decides.
  if (found.length === 0) return groupNumber === null ? [] : standard;
  return found.sort((a, b) => settingRank(a) - settingRank(b));
}

/** Hexagonal axes, origin choice 2 and unique axis b come first, as the International Tables prefer them. */
function settingRank({ setting, hall_number }: Entry): number {
  const rank = ['', '2', 'H', 'b', 'b1', '1', 'R', 'c', 'c1', 'a', 'a1'].indexOf(setting);
  return (rank < 0 ? 20 : rank) * 1000 + hall_number;
}

/** "R -3 m :H" -> ["r-3m", "h"]; a trailing lone H, R, S or Z counts as well. */
function splitQualifier(text: string): [string, string | null] {
  const [, symbol, colon, trailing] = /^(.*?)(?::\s*(\S+))?(?:\s+([HRSZhrsz]))?\s*$/.exec(text.slice(0, 60))!;
  const qualifier = (colon ?? trailing ?? '').toLowerCase();
  return [normal(symbol!), ({ s: '1', z: '2' }[qualifier] ?? qualifier) || null];
}

function normal(text: string): string {
  return text
    .slice(0, 60)
    .replace(/[\s_']/g, '')
    .toLowerCase();
}

function preservesMetric(hallNumber: number, cell: Matrix3): boolean {
  const metric = multiply(cell, transpose(cell));
  const scale = Math.max(metric[0][0], metric[1][1], metric[2][2]);
  return operationsOfHall(hallNumber).every(({ rotation }) => {
    const image = multiply(multiply(transpose(rotation), metric), rotation);
    return image.every((row, i) => row.every((x, j) => Math.abs(x - metric[i]![j]!) < 0.01 * scale));
  });
}

function known(block: CifBlock, tags: string[]): CifValue | null {
  for (const tag of tags) {
    const value = block.columns.get(tag)?.[0];
    if (value && value.text !== '' && value.text !== '?' && value.text !== '.') return value;
  }
  return null;
}
