import { KernelError } from '../../core/errors';
import { cellFromParameters } from '../cell';
import type { Vector3 } from '../schema';
import { parseStructure } from '../structure';
import { elementOfLabel, type FileContent, fileError, MOST_SITES, parseNumber, quote, splitLines } from './text';

/** Reads the atoms and the cell of a PDB file: of several models the first, of alternative places the first that is named. */
export function readPdb(text: string): FileContent {
  const lines = splitLines(text);
  const end = lines.findIndex((line) => /^ENDMDL/.test(line));
  const model = end < 0 ? lines : lines.slice(0, end);
  const notes = end >= 0 && lines.slice(end).some(isAtom) ? ['The file has several models; the first was taken.'] : [];
  const cell = readCell(lines);
  if (cell && !/^P 1$/.test(cell.group))
    notes.push(
      `The copies that space group ${cell.group || '(not named)'} makes were not added: the file lists one part of the cell.`,
    );
  const sites = [];
  const taken = new Set<string>();
  let left = 0;
  for (const [i, line] of model.entries()) {
    if (!isAtom(line)) continue;
    const place = line.slice(12, 16) + line.slice(17, 27);
    if (line[16] !== undefined && line[16] !== ' ' && taken.has(place)) {
      left += 1;
      continue;
    }
    taken.add(place);
    if (sites.length >= MOST_SITES) throw fileError(i + 1, `more atoms than the ${MOST_SITES} that can be read.`);
    sites.push(readAtom(line, i + 1));
  }
  if (sites.length === 0) throw new KernelError('bad-file', 'This PDB file has no atoms.');
  if (left > 0) notes.push(`${left} alternative places of atoms were left out.`);
  return { structure: parseStructure({ cellAngstrom: cell?.cellAngstrom ?? null, sites }), notes };
}

const isAtom = (line: string) => /^(ATOM {2}|HETATM)/.test(line);

/** A cube of 1 angstrom stands for no cell. */
function readCell(lines: readonly string[]) {
  const line = lines.find((one) => one.startsWith('CRYST1'));
  if (!line) return null;
  const numbers = [6, 15, 24, 33, 40, 47].map((from, i) =>
    parseNumber(line.slice(from, from + (i < 3 ? 9 : 7)).trim()),
  );
  if (numbers.includes(null)) return null;
  const [a, b, c, alpha, beta, gamma] = numbers as number[];
  if (a === 1 && b === 1 && c === 1) return null;
  const cellAngstrom = cellFromParameters({ lengthsAngstrom: [a!, b!, c!], anglesDegrees: [alpha!, beta!, gamma!] });
  return { cellAngstrom, group: line.slice(55, 66).trim() };
}

/** The element stands in columns 77 and 78; older files have it only in the first two of the atom's name. */
function readAtom(line: string, number: number) {
  const stated = line.slice(76, 78).trim();
  const name = line.slice(12, 16);
  const element = elementOfLabel(stated) ?? elementOfLabel(name.slice(0, 2).replace(/[\d\s]/g, ''));
  if (!element) throw fileError(number, `no element was found in ${quote(line.trim())}.`);
  const xyz = [30, 38, 46].map((from) => parseNumber(line.slice(from, from + 8).trim()));
  if (xyz.includes(null)) throw fileError(number, `three coordinates of ${element} were expected in columns 31 to 54.`);
  const label = name.trim();
  return { element, cartesianAngstrom: xyz as Vector3, ...(label && label !== element ? { label } : {}) };
}
