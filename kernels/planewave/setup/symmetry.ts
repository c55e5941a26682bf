import type { Structure } from '../../crystal/schema';
import {
  analyzeSymmetry,
  COMPUTED_TOLERANCE_ANGSTROM,
  type Symmetry,
  type SymmetryOperation,
} from '../../crystal/symmetry';
import { hasInnerTranslation } from '../../crystal/translations';

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
