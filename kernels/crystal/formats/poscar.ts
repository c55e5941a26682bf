import { KernelError } from '../../core/errors';
import { determinant } from '../linear';
import type { Matrix3, Structure, Vector3 } from '../schema';
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

/** Reads POSCAR and CONTCAR of VASP 4 and 5: negative or threefold scale, selective dynamics, direct or cartesian coordinates. */
export function readPoscar(text: string): FileContent {
  const lines = splitLines(text).map((line, i) => (i === 0 ? line : line.replace(/[!#].*$/, '')));
  const cellAngstrom = readCell(lines);
  let at = 5;
  const notes: string[] = [];
  let symbols = words(lines[at] ?? '');
  const hasSymbols = symbols.length > 0 && parseNumber(symbols[0]) === null;
  if (hasSymbols) at++;
  const counts = readCounts(words(lines[at] ?? ''), at + 1);
  at++;
  if (/^\s*s/i.test(lines[at] ?? '')) {
    at++;
    notes.push('Selective dynamics (which atoms may move) was left out.');
  }
  const mode = (lines[at] ?? '').trim();
  if (!/^[a-z]/i.test(mode)) throw fileError(at + 1, `"Direct" or "Cartesian" was expected here, not ${quote(mode)}.`);
  const isCartesian = /^[ck]/i.test(mode);
  const first = at + 1;
  if (!hasSymbols) symbols = symbolsOfVasp4(lines, counts, first, notes);
  if (symbols.length !== counts.length) {
    throw fileError(6, `${symbols.length} element symbols, but line 7 has ${counts.length} numbers of atoms.`);
  }
  const elements = counts.flatMap((count, i) => Array<string>(count).fill(requireElement(symbols[i]!, 6)));
  const scale = coordinateScale(lines, cellAngstrom.unscaled);
  const sites = elements.map((element, i) => {
    const line = first + i;
    const xyz = requireNumbers(
      words(lines[line] ?? ''),
      3,
      line + 1,
      `the coordinates of atom ${i + 1} (${element}) were`,
    );
    const position = (isCartesian ? xyz.map((x, axis) => x * scale[axis]!) : xyz) as Vector3;
    return isCartesian ? { element, cartesianAngstrom: position } : { element, fractional: position };
  });
  return { structure: parseStructure({ cellAngstrom: cellAngstrom.scaled, sites }), notes };
}

/** VASP 5 layout with direct coordinates to all digits. Throws KernelError `format-cannot-hold` for molecules and partial occupancies. */
export function writePoscar({ cellAngstrom, sites }: Structure, title: string): string {
  if (!cellAngstrom) throw new KernelError('format-cannot-hold', 'A POSCAR needs a cell, and this structure has none.');
  const runs: { element: string; count: number }[] = [];
  for (const { species } of sites) {
    if (species.length !== 1 || species[0]!.concentration !== 1) {
      throw new KernelError('format-cannot-hold', 'A POSCAR cannot hold partial occupancies; CIF and JSON can.');
    }
    const { element } = species[0]!;
    if (runs.at(-1)?.element === element) runs.at(-1)!.count++;
    else runs.push({ element, count: 1 });
  }
  return [
    title,
    '1.0',
    ...cellAngstrom.map((row) => `  ${row.join('  ')}`),
    runs.map(({ element }) => element).join(' '),
    runs.map(({ count }) => count).join(' '),
    'Direct',
    ...sites.map(({ position }) => `  ${position.join('  ')}`),
    '',
  ].join('\n');
}

function readCell(lines: string[]): { scaled: Matrix3; unscaled: Matrix3 } {
  const unscaled = [2, 3, 4].map((i) =>
    requireNumbers(words(lines[i] ?? ''), 3, i + 1, 'the three components of a cell vector were'),
  ) as Matrix3;
  const scale = coordinateScale(lines, unscaled);
  return { unscaled, scaled: unscaled.map((row) => row.map((x, axis) => x * scale[axis]!)) as Matrix3 };
}

/** One factor for all axes, a volume in angstrom^3 (negative), or a factor for each cartesian axis. */
function coordinateScale(lines: string[], unscaled: Matrix3): Vector3 {
  const given = words(lines[1] ?? '').map(parseNumber);
  const factors = given.slice(0, given.indexOf(null) < 0 ? given.length : given.indexOf(null)) as number[];
  if (factors.length >= 3 && factors.slice(0, 3).every((x) => x > 0)) return factors.slice(0, 3) as Vector3;
  const factor = factors[0];
  if (!factor) throw fileError(2, `a scale factor was expected here, not ${quote(lines[1] ?? '')}.`);
  if (factor > 0) return [factor, factor, factor];
  const volume = Math.abs(determinant(unscaled));
  if (volume === 0)
    throw fileError(3, 'the three cell vectors lie in a plane, so no scale gives them the volume of line 2.');
  return Array(3).fill(Math.cbrt(-factor / volume)) as Vector3;
}

function readCounts(list: string[], line: number): number[] {
  const end = list.findIndex((word) => !/^\d{1,30}$/.test(word));
  const counts = (end < 0 ? list : list.slice(0, end)).map(Number);
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total === 0)
    throw fileError(line, `the numbers of atoms of each element were expected here, not ${quote(list.join(' '))}.`);
  if (total > MOST_SITES) throw fileError(line, `${total} atoms are more than the ${MOST_SITES} that can be read.`);
  return counts;
}

/** VASP 4 names no elements; many programs put them into the title or behind the coordinates. */
function symbolsOfVasp4(lines: string[], counts: number[], first: number, notes: string[]): string[] {
  const title = words(lines[0] ?? '').slice(0, counts.length);
  if (title.length === counts.length && title.every((word) => elementOfLabel(word) === word)) {
    notes.push(`The elements (${title.join(', ')}) were taken from the title line.`);
    return title;
  }
  let row = first;
  const behind = counts.map((count) => {
    const word = words(lines[row] ?? '').at(-1) ?? '';
    row += count;
    return elementOfLabel(word) === word ? word : null;
  });
  if (!behind.includes(null)) return behind as string[];
  throw fileError(
    6,
    'this file of the VASP 4 kind does not name its elements. Add a line with their symbols above the numbers of atoms.',
  );
}

function requireElement(word: string, line: number): string {
  const element = elementOfLabel(word.split(/[_/]/)[0]!);
  if (!element) throw fileError(line, `an element symbol was expected here, not ${quote(word)}.`);
  return element;
}
