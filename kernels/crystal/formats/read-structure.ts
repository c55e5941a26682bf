import { KernelError } from '../../core/errors';
import type { Structure } from '../schema';
import { readCif } from './cif';
import { readCube } from './cube';
import { readEspresso } from './espresso';
import { readJson } from './json';
import { readLammps } from './lammps';
import { readPdb } from './pdb';
import { readPoscar } from './poscar';
import { type FileContent, parseNumber, splitLines, words } from './text';
import { readXsf } from './xsf';
import { readXyz } from './xyz';

export type StructureFormat = 'cif' | 'poscar' | 'xyz' | 'json' | 'xsf' | 'espresso' | 'pdb' | 'cube' | 'lammps';

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
  xsf: readXsf,
  espresso: readEspresso,
  pdb: readPdb,
  cube: readCube,
  lammps: readLammps,
};
const KNOWN =
  'CIF, POSCAR or CONTCAR, XYZ, extended XYZ, XSF, inputs and outputs of Quantum ESPRESSO, PDB, Gaussian cubes, data files of LAMMPS and JSON';

/**
 * The structure in a CIF, POSCAR or CONTCAR, XYZ or extended XYZ, XSF, PDB, Gaussian cube, data file of LAMMPS, input or output of pw.x, or
 * JSON file (ours, pymatgen's, OPTIMADE's), told apart by content, then by name. Notes say what was assumed. Throws KernelError only: `unknown-format`, `file-too-large`, `bad-file` (with `line`), those of `parseStructure`.
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
      `This is a web page or XML, not a structure. Download the structure file itself; read are ${KNOWN}.`,
    );
  }
  const format = formatOfContent(plain) ?? formatOfName(fileName);
  if (!format) {
    throw new KernelError('unknown-format', `This is no structure that can be read here: ${KNOWN} are.`);
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
  const head = text.slice(0, 100_000);
  if (/(^|\n)[ \t]{0,80}(&system\b|ATOMIC_POSITIONS\b|Program PWSCF\b)/i.test(head)) return 'espresso';
  if (/(^|\n)[ \t]{0,80}(PRIMVEC|PRIMCOORD|ATOMS)\b/.test(head)) return 'xsf';
  if (/(^|\n)(ATOM {2}|HETATM)[ \d]/.test(head)) return 'pdb';
  if (/(^|\n)[ \t]{0,80}\d{1,9}[ \t]{1,80}atoms\b/.test(head) && /xlo[ \t]+xhi/.test(head)) return 'lammps';
  const lines = splitLines(head).slice(0, 8).map(words);
  if (lines[0]?.length === 1 && /^\d{1,30}$/.test(lines[0][0]!) && isAtomRow(lines[2])) return 'xyz';
  const isNumbers = (list: string[] | undefined) =>
    (list?.length ?? 0) >= 3 && list!.slice(0, 3).every((w) => parseNumber(w) !== null);
  const isGrid = (list: string[] | undefined) => list?.length === 4 && /^-?\d+$/.test(list[0]!) && isNumbers(list);
  if (lines[2] && lines[2].length >= 4 && [3, 4, 5].every((i) => isGrid(lines[i]))) return 'cube';
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
  if (/\.a?xsf$/.test(name)) return 'xsf';
  if (/\.(pdb|ent)$/.test(name)) return 'pdb';
  if (/\.cube?$/.test(name)) return 'cube';
  if (/\.(pwi|pwo)$/.test(name)) return 'espresso';
  return /(^|[/\\])(poscar|contcar)|\.(poscar|contcar|vasp)$/.test(name) ? 'poscar' : null;
}
