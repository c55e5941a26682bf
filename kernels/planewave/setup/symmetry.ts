import type { Structure } from '../../crystal/schema';
import {
  analyzeSymmetry,
  COMPUTED_TOLERANCE_ANGSTROM,
  type Symmetry,
  type SymmetryOperation,
} from '../../crystal/symmetry';
import { hasInnerTranslation } from '../../crystal/translations';
import { createLattice } from '../basis/lattice';
import { cartesianRotation } from '../scf/symmetrize';
import type { ResolvedPlanewaveInput } from '../schema';

/** The search takes up to five seconds for a cell of so many sites, whatever it is. */
const FEW_SITES = 400;
/** Up to here it takes up to four seconds where no translation repeats the cell within itself. */
const MOST_SITES = 2000;

export const IDENTITY: SymmetryOperation = {
  rotation: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  translation: [0, 0, 0],
};

/** Repeated cells have an operation for every repetition, more than pay: 512 atoms of rock salt, 12,288 operations found in 12 s. */
export function canSearchSymmetry(structure: Structure, notes: string[]): boolean {
  const { length } = structure.sites;
  if (length <= FEW_SITES) return true;
  if (length > MOST_SITES) {
    notes.push(`With ${length} atoms symmetry is not looked for.`);
    return false;
  }
  if (!hasInnerTranslation(structure, COMPUTED_TOLERANCE_ANGSTROM)) return true;
  notes.push(
    `The cell of ${length} atoms repeats a smaller one without a change: its symmetry is not looked for. The primitive cell gives the same in far less time.`,
  );
  return false;
}

/** Where symmetry only serves the choice of the grid, a search that fails is no reason to stop. */
export function findSymmetry(structure: Structure, isRequired: boolean): Symmetry | null {
  try {
    return analyzeSymmetry(structure, {
      toleranceAngstrom: COMPUTED_TOLERANCE_ANGSTROM,
      maximumSites: MOST_SITES,
    });
  } catch (error) {
    if (isRequired) throw error;
    return null;
  }
}

/** Fractional translations of space groups are multiples of 1/24 in some origin: noise of the search is taken off. */
export function snapTranslation({ rotation, translation }: SymmetryOperation): SymmetryOperation {
  const snapped = translation.map((t) => (Math.abs(t * 24 - Math.round(t * 24)) < 5e-3 ? Math.round(t * 24) / 24 : t));
  return { rotation, translation: snapped as SymmetryOperation['translation'] };
}

/**
 * Whether an operation leaves a relaxation's constraints as they are: a fixed site goes to a site that is fixed along the turned axes, fixed
 * cell vectors among themselves. An operation that does not would move what shall stay.
 */
export function keepsConstraints(
  operation: SymmetryOperation,
  { sites, cellAngstrom, periodic }: Structure,
  { fixed, fixedCellAxes, cell }: ResolvedPlanewaveInput['relax'],
): boolean {
  const axesOf = (site: number) =>
    [0, 1, 2].map((axis) => fixed.some((one) => one.site === site && (!one.axes || one.axes[axis])));
  const lattice = createLattice(cellAngstrom!);
  const turn = cartesianRotation(operation, lattice);
  const keepsSites = sites.every(({ position }, site) => {
    const image = operation.rotation.map(
      (row, i) => row.reduce((sum, w, j) => sum + w * position[j]!, 0) + operation.translation[i]!,
    );
    const to = sites.findIndex(({ position: x }) =>
      x.every((c, i) => Math.abs(c - image[i]! - Math.round(c - image[i]!)) < 1e-3),
    );
    const [from, there] = [axesOf(site), axesOf(to)];
    return turn.every((row, a) => row.every((r, b) => Math.abs(r) < 1e-6 || there[a] === from[b]));
  });
  const isFixedVector = (i: number) => cell === 'full' && (fixedCellAxes[i] || !periodic[i]);
  // Row j of W says which vectors the image of a_j is made of: a_j -> sum_i W_ij a_i.
  const keepsCell = [0, 1, 2].every((j) =>
    [0, 1, 2].every((i) => operation.rotation[i]![j] === 0 || isFixedVector(i) === isFixedVector(j)),
  );
  return keepsSites && keepsCell;
}
