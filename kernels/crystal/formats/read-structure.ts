import { KernelError } from '../../core/errors';
import type { Structure } from '../schema';
import { readCif } from './cif';
import { readJson } from './json';
import { readPoscar } from './poscar';
import { type FileContent, parseNumber, splitLines, words } from './text';
import { readXyz } from './xyz';

export type StructureFormat = 'cif' | 'poscar' | 'xyz' | 'json';

export interface ReadStructure extends FileContent {
  format: StructureFormat;
}

/** Longer texts are refused unread. */
export const MOST_CHARACTERS = 10_000_000;

const readers: Record<StructureFormat, (text: string) => FileContent> = {
  cif: readCif,
  poscar: readPoscar,
  xyz: readXyz,
  json: readJson,
};

/**
 * The structure in a CIF, POSCAR or CONTCAR, XYZ or extended XYZ, or JSON file (ours, pymatgen's, OPTIMADE's), told apart by content,
 * then by name. Notes say what was assumed. Throws KernelError only: `unknown-format`, `file-too-large`, `bad-file` (with `line`), those of `parseStructure`.
 */
export function readStructure(text: string, fileName = ''): ReadStructure {
  if (text.length > MOST_CHARACTERS) {
    throw new KernelError(
      'file-too-large',
      `The file has ${text.length} characters; structure files of up to ${MOST_CHARACTERS} are read.`,
      { characters: text.length, maximum: MOST_CHARACTERS },
    );
  }
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.trim() === '') throw new KernelError('bad-file', 'The file is empty.');
  if (/^\s{0,100}<(!doctype|html|\?xml)/i.test(plain)) {
    throw new KernelError(
      'unknown-format',
      'This is a web page or XML, not a structure. Download the structure file itself: CIF, POSCAR or CONTCAR, XYZ, extended XYZ or JSON.',
    );
  }
  const format = formatOfContent(plain) ?? formatOfName(fileName);
  if (!format) {
    throw new KernelError(
      'unknown-format',
      'This is no structure that can be read here: CIF, POSCAR or CONTCAR, XYZ, extended XYZ and JSON are.',
    );
  }
  const { structure, notes } = readers[format](plain);
  return { structure: cleanLabels(structure), notes, format };
}

/** Labels are shown and stored as one line: control characters, marks of writing direction and broken characters go. */
function cleanLabels(structure: Structure): Structure {
  const sites = structure.sites.map(({ label, ...site }) => {
    const clean = label?.replace(/[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '');
    return clean ? { ...site, label: clean } : site;
  });
  return { ...structure, sites };
}

function formatOfContent(text: string): StructureFormat | null {
  if (/^\s*[{[]/.test(text.slice(0, 1000))) return 'json';
  if (/(^|\n)[ \t]{0,80}data_/i.test(text)) return 'cif';
  const lines = splitLines(text.slice(0, 100_000)).slice(0, 8).map(words);
  if (lines[0]?.length === 1 && /^\d{1,30}$/.test(lines[0][0]!) && isAtomRow(lines[2])) return 'xyz';
  const isNumbers = (list: string[] | undefined) =>
    (list?.length ?? 0) >= 3 && list!.slice(0, 3).every((w) => parseNumber(w) !== null);
  if (parseNumber(lines[1]?.[0]) !== null && [2, 3, 4].every((i) => isNumbers(lines[i]))) return 'poscar';
  return null;
}

function isAtomRow(list: string[] | undefined): boolean {
  return (list?.length ?? 0) >= 4;
}

function formatOfName(fileName: string): StructureFormat | null {
  const name = fileName.toLowerCase();
  if (/\.(cif|mcif)$/.test(name)) return 'cif';
  if (/\.(xyz|extxyz)$/.test(name)) return 'xyz';
  if (/\.json$/.test(name)) return 'json';
  return /(^|[/\\])(poscar|contcar)|\.(poscar|contcar|vasp)$/.test(name) ? 'poscar' : null;
}
