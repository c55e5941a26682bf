import { BOHR_ANGSTROM } from '../../core/constants';
import { KernelError } from '../../core/errors';
import { elementBySymbol } from '../elements';
import type { Matrix3, Structure, Vector3 } from '../schema';
import { parseStructure } from '../structure';
import { bravaisCell } from './bravais-of-espresso';
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

/** Reads inputs of pw.x (namelists and cards) and its outputs; of an output that moved the atoms the last geometry. */
export function readEspresso(text: string): FileContent {
  const lines = splitLines(text);
  return /(^|\n)\s*Program PWSCF/i.test(text) ? readOutput(lines) : readInput(lines);
}

/**
 * An input of pw.x with the structure, to all digits, and comments at what a person still has to choose.
 * Throws KernelError `format-cannot-hold` for molecules without a cell and for partial occupancies.
 */
export function writeEspresso({ cellAngstrom, sites }: Structure): string {
  if (!cellAngstrom)
    throw new KernelError(
      'format-cannot-hold',
      'An input of Quantum ESPRESSO needs a cell, and this structure has none.',
    );
  const symbols = sites.map(({ species }) => {
    if (species.length !== 1 || species[0]!.concentration !== 1)
      throw new KernelError(
        'format-cannot-hold',
        'Quantum ESPRESSO cannot hold partial occupancies; CIF and JSON can.',
      );
    return species[0]!.element;
  });
  const kinds = [...new Set(symbols)];
  return [
    '&CONTROL',
    "  calculation = 'scf'",
    '/',
    '&SYSTEM',
    '  ibrav = 0',
    `  nat = ${sites.length}`,
    `  ntyp = ${kinds.length}`,
    '  ! ecutwfc =       to be chosen, in Ry',
    '/',
    '&ELECTRONS',
    '/',
    '! The names of the pseudopotential files are to be chosen.',
    'ATOMIC_SPECIES',
    ...kinds.map((symbol) => `  ${symbol}  ${elementBySymbol(symbol).massU}  ${symbol}.upf`),
    'CELL_PARAMETERS angstrom',
    ...cellAngstrom.map((row) => `  ${row.join('  ')}`),
    'ATOMIC_POSITIONS crystal',
    ...sites.map(({ position }, i) => `  ${symbols[i]}  ${position.join('  ')}`),
    '! The mesh of k-points is to be chosen.',
    'K_POINTS gamma',
    '',
  ].join('\n');
}

interface Lattice {
  cellAngstrom: Matrix3;
  /** The unit of lengths that is called alat, angstrom. */
  alatAngstrom: number;
}

function readInput(raw: readonly string[]): FileContent {
  const lines = raw.map((line) => line.replace(/[!#].*$/, ''));
  const values = readNamelists(lines);
  const positionsAt = cardAt(lines, 'ATOMIC_POSITIONS');
  if (positionsAt < 0) throw new KernelError('bad-file', 'This input of Quantum ESPRESSO has no ATOMIC_POSITIONS.');
  const lattice = latticeOf(values, lines);
  const count = values.get('nat');
  if (count !== undefined && (!Number.isInteger(count) || count < 1 || count > MOST_SITES))
    throw new KernelError('bad-file', `nat = ${count} is no number of atoms from 1 to ${MOST_SITES}.`, { count });
  const sites = readPositions(lines, positionsAt, lattice, count ?? null);
  return { structure: parseStructure({ cellAngstrom: lattice.cellAngstrom, sites }), notes: [] };
}

/** Numbers that are set in namelists, by their names in lower case: "celldm(1)", "a", "nat". */
function readNamelists(lines: readonly string[]): Map<string, number> {
  const values = new Map<string, number>();
  const pattern = /([A-Za-z_]\w{0,40}(?:\(\s*\d{1,4}\s*\))?)\s*=\s*([^\s,/]{1,64})/g;
  for (const line of lines) {
    // A title may read like an assignment.
    const plain = line.slice(0, 2_000).replace(/'[^']*'|"[^"]*"/g, "''");
    for (const [, name, value] of plain.matchAll(pattern)) {
      const number = parseNumber(value);
      if (number !== null) values.set(name!.toLowerCase().replace(/\s/g, ''), number);
    }
  }
  return values;
}

const cardAt = (lines: readonly string[], name: string) =>
  lines.findIndex(
    (line) =>
      words(line)[0]
        ?.toUpperCase()
        .replace(/[{(].*$/, '') === name,
  );

/** The word behind a card's name, in lower case, without braces. */
const optionOf = (line: string) =>
  line
    .trim()
    .replace(/^\w+/, '')
    .replace(/[{}()]/g, ' ')
    .trim()
    .toLowerCase();

function latticeOf(values: Map<string, number>, lines: readonly string[]): Lattice {
  const ibrav = values.get('ibrav') ?? 0;
  const a = values.get('a') ?? (values.get('celldm(1)') ?? Number.NaN) * BOHR_ANGSTROM;
  if (ibrav === 0) return latticeOfCard(lines, cardAt(lines, 'CELL_PARAMETERS'), a);
  const isByLengths = values.has('a');
  // celldm holds the cosine of the one angle that a lattice has in its fourth place, but of that between a and c in the fifth.
  const fourth = values.get('celldm(4)') ?? Number.NaN;
  const given = {
    ...{ a, b: isByLengths ? values.get('b') : (values.get('celldm(2)') ?? Number.NaN) * a },
    c: isByLengths ? values.get('c') : (values.get('celldm(3)') ?? Number.NaN) * a,
    cosBC: isByLengths ? values.get('cosbc') : fourth,
    cosAC: isByLengths ? values.get('cosac') : values.get('celldm(5)'),
    cosAB: isByLengths ? values.get('cosab') : ibrav === 14 ? values.get('celldm(6)') : fourth,
  };
  const known = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value ?? Number.NaN]));
  return { cellAngstrom: bravaisCell(ibrav, known as never), alatAngstrom: a };
}

function latticeOfCard(lines: readonly string[], at: number, aAngstrom: number): Lattice {
  if (at < 0)
    throw new KernelError('bad-file', 'With ibrav = 0 the cell stands under CELL_PARAMETERS, and this input has none.');
  const rows = readRows(lines, at + 1);
  const option = optionOf(lines[at]!);
  const first = Math.hypot(...rows[0]);
  const unit = unitOf(option, { alat: aAngstrom, at: at + 1, whole: lines[at]! });
  // Without a length of its own, alat is that of the first vector.
  return { cellAngstrom: scaled(rows, unit), alatAngstrom: Number.isNaN(aAngstrom) ? first * unit : aAngstrom };
}

function unitOf(option: string, { alat, at, whole }: { alat: number; at: number; whole: string }): number {
  if (option === 'angstrom') return 1;
  if (option === 'bohr') return BOHR_ANGSTROM;
  const stated = /^alat\s*=\s*(\S+)$/.exec(option);
  const length = stated ? (parseNumber(stated[1]) ?? Number.NaN) * BOHR_ANGSTROM : alat;
  if (option === '' || option === 'alat' || stated) {
    if (Number.isFinite(length)) return length;
    // As pw.x itself takes it where it is told nothing.
    if (option === '') return BOHR_ANGSTROM;
    throw fileError(at, 'lengths in units of alat need celldm(1) or A, and neither is given.');
  }
  throw fileError(at, `the unit should be alat, bohr, angstrom or crystal, and reads ${quote(whole.trim())}.`);
}

const readRows = (lines: readonly string[], from: number) =>
  [0, 1, 2].map((i) =>
    requireNumbers(words(lines[from + i] ?? ''), 3, from + i + 1, 'the three components of a cell vector were'),
  ) as Matrix3;

const scaled = (rows: Matrix3, factor: number) => rows.map((row) => row.map((x) => x * factor)) as Matrix3;

function readPositions(lines: readonly string[], at: number, lattice: Lattice, count: number | null) {
  const option = optionOf(lines[at]!);
  if (option === 'crystal_sg')
    throw fileError(at + 1, 'positions of a space group (crystal_sg) are not read; give all atoms, or a CIF.');
  const isCrystal = option === 'crystal';
  const unit = isCrystal ? 1 : unitOf(option || 'alat', { alat: lattice.alatAngstrom, at: at + 1, whole: lines[at]! });
  const sites = [];
  for (let i = at + 1; i < lines.length && sites.length < (count ?? MOST_SITES); i++) {
    const [label = '', ...rest] = words(lines[i]!);
    if (label === '') continue;
    const element = elementOfLabel(label);
    const xyz = rest.slice(0, 3).map(parseRatio);
    if (!element || xyz.length < 3 || xyz.includes(null)) {
      // The next card, or what pw.x says behind them.
      if (count === null && sites.length > 0) break;
      throw fileError(i + 1, `an atom with three coordinates was expected here, not ${quote(lines[i]!.trim())}.`);
    }
    const place = (xyz as number[]).map((x) => x * unit) as Vector3;
    const name = label === element ? {} : { label };
    sites.push({ element, ...name, ...(isCrystal ? { fractional: place } : { cartesianAngstrom: place }) });
  }
  if (count !== null && sites.length < count)
    throw fileError(at + 1, `${count} atoms were expected below, and there are ${sites.length}.`);
  return sites;
}

/** A number, or two as 1/3: people write both. */
function parseRatio(word: string): number | null {
  const [above, below, ...more] = word.split('/');
  if (below === undefined || more.length > 0) return parseNumber(word);
  const [one, other] = [parseNumber(above), parseNumber(below)];
  return one === null || !other ? null : one / other;
}

/** The first geometry stands in the header; those that follow as cards. */
function readOutput(lines: readonly string[]): FileContent {
  const alat = Number(
    /=\s*([\d.]+)\s*a\.u\./.exec(lines.find((line) => /lattice parameter \(alat\)/.test(line)) ?? '')?.[1],
  );
  const axesAt = lines.findIndex((line) => /crystal axes:/.test(line));
  const sitesAt = lines.findIndex((line) => /site n\.\s+atom\s+positions \(alat units\)/.test(line));
  if (!Number.isFinite(alat) || axesAt < 0 || sitesAt < 0)
    throw new KernelError('bad-file', 'This output of pw.x ends before it tells the cell and the atoms.');
  const alatAngstrom = alat * BOHR_ANGSTROM;
  const inBrackets = (at: number, what: string) =>
    requireNumbers(words(/=\s*\(([^)]*)\)/.exec(lines[at] ?? '')?.[1] ?? ''), 3, at + 1, what) as Vector3;
  const axes = [1, 2, 3].map((i) => inBrackets(axesAt + i, 'the three components of a cell vector were')) as Matrix3;
  let lattice: Lattice = { cellAngstrom: scaled(axes, alatAngstrom), alatAngstrom };
  const first = [];
  for (let i = sitesAt + 1; /^\s*\d+\s+\S+\s+tau\(/.test(lines[i] ?? '') && first.length < MOST_SITES; i++) {
    const element = elementOfLabel(words(lines[i]!)[1]!);
    if (!element) throw fileError(i + 1, `an element was expected here, not ${quote(words(lines[i]!)[1]!)}.`);
    first.push({
      element,
      cartesianAngstrom: inBrackets(i, 'three coordinates were').map((x) => x * alatAngstrom) as Vector3,
    });
  }
  const lastOf = (name: string) => lines.findLastIndex((line) => line.trimStart().startsWith(name));
  const cellAt = lastOf('CELL_PARAMETERS');
  if (cellAt >= 0) lattice = latticeOfCard(lines, cellAt, alatAngstrom);
  const positionsAt = lastOf('ATOMIC_POSITIONS');
  const sites = positionsAt < 0 ? first : readPositions(lines, positionsAt, lattice, first.length);
  const notes = positionsAt < 0 ? [] : ['The last geometry of the output was taken.'];
  return { structure: parseStructure({ cellAngstrom: lattice.cellAngstrom, sites }), notes };
}
