import { KernelError } from '../../core/errors';
import { elements } from '../elements';
import type { Matrix3, Vector3 } from '../schema';
import { parseStructure } from '../structure';
import {
  elementOfLabel,
  type FileContent,
  fileError,
  MOST_SITES,
  parseNumber,
  quote,
  requireNumbers,
  splitLines,
  words,
} from './text';

/** Where the type and the coordinates of an atom stand in its row, by the style of atoms. */
const styles: Record<string, { type: number; place: number }> = {
  atomic: { type: 1, place: 2 },
  charge: { type: 1, place: 3 },
  molecular: { type: 2, place: 3 },
  bond: { type: 2, place: 3 },
  angle: { type: 2, place: 3 },
  full: { type: 2, place: 4 },
};
/** By mass, in u; nearer elements are farther apart than that but for cobalt and nickel. */
const MASS_TOLERANCE = 0.15;

/** Reads a data file of LAMMPS: box, masses, atoms. Elements are told by comments at the masses, else by the masses; lengths are taken as angstrom. */
export function readLammps(text: string): FileContent {
  const raw = splitLines(text);
  const lines = raw.map((line) => line.replace(/#.*$/, '').trim());
  const count = Number(/^(\d{1,9}) atoms$/.exec(lines.find((line) => /^\d+ atoms$/.test(line)) ?? '')?.[1]);
  if (!(count >= 1 && count <= MOST_SITES))
    throw new KernelError('bad-file', `A data file of LAMMPS tells its number of atoms, from 1 to ${MOST_SITES}.`);
  const { cellAngstrom, origin } = readBox(lines);
  const types = readTypes(raw, lines);
  const at = lines.findIndex((line) => /^Atoms$/.test(line));
  if (at < 0) throw new KernelError('bad-file', 'This data file of LAMMPS has no section Atoms.');
  const rows: { list: string[]; line: number }[] = [];
  for (let i = at + 1; i < lines.length && rows.length < count; i++) {
    // The next section.
    if (/^[A-Za-z]/.test(lines[i]!)) break;
    if (lines[i] !== '') rows.push({ list: words(lines[i]!), line: i + 1 });
  }
  if (rows.length < count) throw fileError(at + 1, `${count} atoms were expected below, and there are ${rows.length}.`);
  const columns = styles[/#\s*(\w+)/.exec(raw[at]!)?.[1] ?? ''] ?? styleOf(rows[0]!.list, types.size);
  const atoms = rows.map(({ list, line }) => {
    const element = types.get(Number(list[columns.type]));
    if (!element) throw fileError(line, `type ${quote(list[columns.type] ?? '')} is none that stands under Masses.`);
    const xyz = requireNumbers(list.slice(columns.place), 3, line, 'three coordinates were');
    return {
      id: parseNumber(list[0]) ?? 0,
      element,
      cartesianAngstrom: xyz.map((x, axis) => x - origin[axis]!) as Vector3,
    };
  });
  // Their order in the file is that of the processors that wrote it.
  const sites = atoms
    .sort((a, b) => a.id - b.id)
    .map(({ element, cartesianAngstrom }) => ({ element, cartesianAngstrom }));
  return {
    structure: parseStructure({ cellAngstrom, sites }),
    notes: ['Lengths were taken as angstrom, as in the units metal and real.'],
  };
}

function readBox(lines: readonly string[]): { cellAngstrom: Matrix3; origin: Vector3 } {
  const bounds = ['xlo xhi', 'ylo yhi', 'zlo zhi'].map((name) => {
    const i = lines.findIndex((line) => line.replace(/\s+/g, ' ').endsWith(name));
    if (i < 0) throw new KernelError('bad-file', `This data file of LAMMPS does not tell ${name}.`);
    return requireNumbers(words(lines[i]!), 2, i + 1, `two numbers before ${name} were`) as [number, number];
  });
  const tilted = lines.find((line) => line.replace(/\s+/g, ' ').endsWith('xy xz yz'));
  const [xy = 0, xz = 0, yz = 0] = tilted
    ? words(tilted)
        .slice(0, 3)
        .map((word) => parseNumber(word) ?? 0)
    : [];
  const [x, y, z] = bounds.map(([low, high]) => high - low) as Vector3;
  return {
    cellAngstrom: [
      [x, 0, 0],
      [xy, y, 0],
      [xz, yz, z],
    ],
    origin: bounds.map(([low]) => low) as Vector3,
  };
}

function readTypes(raw: readonly string[], lines: readonly string[]): Map<number, string> {
  const types = new Map<number, string>();
  const at = lines.findIndex((line) => /^Masses$/.test(line));
  for (let i = at + 1; at >= 0 && i < lines.length && types.size < 200; i++) {
    if (lines[i] === '') continue;
    const [type, mass] = words(lines[i]!).map(parseNumber);
    if (type === null || type === undefined || mass === null || mass === undefined) break;
    const named = elementOfLabel(/#\s*(\S+)/.exec(raw[i]!)?.[1] ?? '');
    const element = named ?? elements.find(({ massU }) => Math.abs(massU - mass) < MASS_TOLERANCE)?.symbol;
    if (!element) throw fileError(i + 1, `no element has the mass ${mass}; write its symbol behind it, as "# Si".`);
    types.set(type, element);
  }
  if (types.size > 0) return types;
  throw new KernelError('bad-file', 'This data file of LAMMPS has no Masses, so its elements are not known.');
}

/** Where no comment names the style: with 5 columns, or 8 with the counts of images, only one fits; of 6 a charge is rarely whole. */
function styleOf(list: readonly string[], typeCount: number): { type: number; place: number } {
  const width = list.length > 7 ? list.length - 3 : list.length;
  if (width === 5) return styles.atomic!;
  if (width === 7) return styles.full!;
  const third = parseNumber(list[2]);
  const isType = third !== null && Number.isInteger(third) && third >= 1 && third <= typeCount;
  return isType ? styles.molecular! : styles.charge!;
}
