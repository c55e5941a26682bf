import { KernelError } from '../../core/errors';
import { elements } from '../elements';
import type { Matrix3, Structure, Vector3 } from '../schema';
import { cartesianPositions, parseStructure } from '../structure';
import {
  elementOfLabel,
  type FileContent,
  fileError,
  MOST_SITES,
  quote,
  requireNumbers,
  splitLines,
  words,
} from './text';

/** How far a structure repeats, by XCrySDen's words; ATOMS alone is a molecule. */
const periodicities: Record<string, [boolean, boolean, boolean]> = {
  CRYSTAL: [true, true, true],
  SLAB: [true, true, false],
  POLYMER: [true, false, false],
  MOLECULE: [false, false, false],
};

/** Reads XSF and AXSF of XCrySDen; of several steps the first, without forces and grids. */
export function readXsf(text: string): FileContent {
  const lines = splitLines(text).map((line) => line.replace(/#.*$/, '').trim());
  const find = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  const kind = lines.find((line) => line in periodicities) ?? 'CRYSTAL';
  const isStepped = find(/^ANIMSTEPS\b/) >= 0;
  const notes = isStepped ? ['The file has several steps; the first was taken.'] : [];
  const cellAt = find(/^PRIMVEC\b/);
  const cellAngstrom = cellAt < 0 ? null : readRows(lines, cellAt + 1, 3, 'the three components of a cell vector were');
  const coordinatesAt = find(/^PRIMCOORD\b/);
  const atomsAt = find(/^ATOMS\b/);
  if (coordinatesAt >= 0 && cellAngstrom) {
    const [count = Number.NaN] = requireNumbers(
      words(lines[coordinatesAt + 1] ?? ''),
      1,
      coordinatesAt + 2,
      'the number of atoms was',
    );
    if (!Number.isInteger(count) || count < 1 || count > MOST_SITES)
      throw fileError(
        coordinatesAt + 2,
        `a number of atoms from 1 to ${MOST_SITES} was expected here, not ${quote(lines[coordinatesAt + 1]!)}.`,
      );
    const sites = Array.from({ length: count }, (_, i) => readAtom(lines, coordinatesAt + 2 + i));
    return { structure: parseStructure({ cellAngstrom, periodic: periodicities[kind], sites }), notes };
  }
  if (atomsAt < 0)
    throw new KernelError('bad-file', 'An XSF file needs PRIMVEC with PRIMCOORD, or ATOMS; this one has neither.');
  const sites = [];
  for (let at = atomsAt + 1; at < lines.length && sites.length <= MOST_SITES; at++) {
    if (lines[at] === '') continue;
    if (/^[A-Z]{3,}|^BEGIN/.test(lines[at]!)) break;
    sites.push(readAtom(lines, at));
  }
  return { structure: parseStructure({ cellAngstrom: null, sites }), notes };
}

/** Cartesian positions to all digits. Throws KernelError `format-cannot-hold` for partial occupancies, and for what repeats along other vectors than the first. */
export function writeXsf(structure: Structure): string {
  const { cellAngstrom, periodic, sites } = structure;
  const kind = Object.entries(periodicities).find(([, directions]) => directions.join() === periodic.join())?.[0];
  if (!kind)
    throw new KernelError(
      'format-cannot-hold',
      'XSF knows slabs along the first two cell vectors and wires along the first one; exchange the vectors, or take CIF or JSON.',
    );
  const rows = cartesianPositions(structure).map((position, i) => {
    const { species } = sites[i]!;
    if (species.length !== 1 || species[0]!.concentration !== 1)
      throw new KernelError('format-cannot-hold', 'XSF cannot hold partial occupancies; CIF and JSON can.');
    return `${species[0]!.element}  ${position.join('  ')}`;
  });
  if (!cellAngstrom) return ['ATOMS', ...rows, ''].join('\n');
  return [
    kind,
    'PRIMVEC',
    ...cellAngstrom.map((row) => row.join('  ')),
    'PRIMCOORD',
    `${rows.length} 1`,
    ...rows,
    '',
  ].join('\n');
}

const readRows = (lines: readonly string[], from: number, count: number, what: string) =>
  Array.from({ length: count }, (_, i) =>
    requireNumbers(words(lines[from + i] ?? ''), 3, from + i + 1, what),
  ) as Matrix3;

function readAtom(lines: readonly string[], at: number) {
  const [name = '', ...rest] = words(lines[at] ?? '');
  const element = /^\d{1,3}$/.test(name) ? elements[Number(name) - 1]?.symbol : elementOfLabel(name);
  if (!element)
    throw fileError(at + 1, `an element and three coordinates were expected here, not ${quote(lines[at] ?? '')}.`);
  return {
    element,
    cartesianAngstrom: requireNumbers(rest, 3, at + 1, `the coordinates of ${element} were`) as Vector3,
  };
}
