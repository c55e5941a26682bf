import { BOHR_ANGSTROM } from '../../core/constants';
import { elements } from '../elements';
import type { Matrix3, Vector3 } from '../schema';
import { parseStructure } from '../structure';
import { type FileContent, fileError, MOST_SITES, quote, requireNumbers, splitLines, words } from './text';

/** Reads the atoms of a Gaussian cube, with the box of its grid as the cell; the grid itself is left out. */
export function readCube(text: string): FileContent {
  const lines = splitLines(text.slice(0, 200 * (MOST_SITES + 10)));
  const [signed = 0] = requireNumbers(words(lines[2] ?? ''), 4, 3, 'the number of atoms and the origin were');
  const count = Math.abs(signed);
  if (!Number.isInteger(count) || count < 1 || count > MOST_SITES)
    throw fileError(3, `a number of atoms from 1 to ${MOST_SITES} was expected here, not ${quote(lines[2] ?? '')}.`);
  let unit = BOHR_ANGSTROM;
  const cellAngstrom = [3, 4, 5].map((i) => {
    const [points = 0, ...step] = requireNumbers(words(lines[i] ?? ''), 4, i + 1, 'points and step of the grid were');
    if (points === 0) throw fileError(i + 1, 'the grid has no points along this axis.');
    // A negative number of points says that lengths are in angstrom.
    unit = points < 0 ? 1 : BOHR_ANGSTROM;
    return step.map((x) => x * unit * Math.abs(points));
  }) as Matrix3;
  const sites = Array.from({ length: count }, (_, i) => {
    const at = 6 + i;
    const [number = 0, , ...xyz] = requireNumbers(
      words(lines[at] ?? ''),
      5,
      at + 1,
      'number, charge and place of an atom were',
    );
    const element = elements[number - 1]?.symbol;
    if (!element) throw fileError(at + 1, `${number} is the number of no element.`);
    return { element, cartesianAngstrom: xyz.map((x) => x * unit) as Vector3 };
  });
  return {
    structure: parseStructure({ cellAngstrom, sites }),
    notes: ['The box of the grid was taken as a periodic cell; the values on the grid were left out.'],
  };
}
