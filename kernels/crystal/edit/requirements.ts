import { KernelError } from '../../core/errors';
import { checkCell } from '../check-structure';
import { isElement } from '../elements';
import { norm } from '../linear';
import type { Matrix3, Site, Structure, Vector3 } from '../schema';

/** No edit makes a structure of more atoms. */
export const MOST_ATOMS = 20_000;

/** The error of an edit that cannot be done: a sentence for a chemist and the offending numbers. */
export function badEdit(message: string, numbers: KernelError['numbers'] = {}): KernelError {
  return new KernelError('bad-edit', message, numbers);
}

/** The cell, rows in angstrom. Throws `bad-edit` where there is none, or none with a volume. */
export function requireCell(structure: Structure, purpose: string): Matrix3 {
  if (!structure.cellAngstrom) {
    throw badEdit(`The structure has no cell, and ${purpose} needs one; put it into a box first.`);
  }
  const problem = checkCell(structure)[0];
  if (problem) throw badEdit(problem.message, problem.numbers);
  return structure.cellAngstrom;
}

/** The cell of a structure that repeats in all three directions, rows in angstrom. Throws `bad-edit` for every other structure. */
export function requireCrystal(structure: Structure, purpose: string): Matrix3 {
  const cell = requireCell(structure, purpose);
  const open = [0, 1, 2].filter((axis) => !structure.periodic[axis]);
  if (open.length === 0) return cell;
  throw badEdit(
    `The structure is not periodic along ${axisNames(open)}, and ${purpose} needs a crystal that repeats in all three directions.`,
    { axes: open },
  );
}

/** The distinct ones of these indices of sites. Throws `bad-edit` for one beyond the structure. */
export function requireSites({ sites }: Structure, indices: readonly number[]): Set<number> {
  const beyond = indices.find((index) => !(index < sites.length));
  if (beyond === undefined) return new Set(indices);
  throw badEdit(
    `There is no atom ${beyond + 1} (index ${beyond}): the structure has ${sites.length} ${sites.length === 1 ? 'atom' : 'atoms'}.`,
    { site: beyond, sites: sites.length },
  );
}

/** Throws `bad-edit` for a symbol that is not in the table of elements. */
export function requireElement(symbol: string): void {
  if (!isElement(symbol)) throw badEdit(`There is no element with the symbol "${symbol}".`, { symbol });
}

/** Throws `bad-edit` before a structure of too many atoms is made. */
export function requireSize(atoms: number): void {
  if (atoms <= MOST_ATOMS) return;
  throw badEdit(`The result would have ${atoms} atoms; at most ${MOST_ATOMS} are possible here.`, {
    atoms,
    maximumAtoms: MOST_ATOMS,
  });
}

/** A vector of length 1. Throws `bad-edit` for one without a direction; `name` is what it is, such as "axis". */
export function requireDirection(vector: Vector3, name: string): Vector3 {
  const length = norm(vector);
  if (!(length > 1e-12)) throw badEdit(`The ${name} is (0, 0, 0), which has no direction.`, { vector });
  return vector.map((x) => x / length) as Vector3;
}

/** How an atom is called in a sentence, counted from 1 as people do. */
export function siteName({ species }: Site, index: number): string {
  return `atom ${index + 1} (${species.map(({ element }) => element).join('/')})`;
}

/** "a and b" for the axes 0 and 1. */
export function axisNames(axes: readonly number[]): string {
  return axes.map((axis) => 'abc'[axis]).join(' and ');
}
