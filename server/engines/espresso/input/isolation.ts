import { BOHR_ANGSTROM } from '@/kernels/core/constants';
import type { Structure } from '@/kernels/crystal/schema';
import type { Boundaries } from '@/kernels/planewave/boundary-kinds';
import { boundariesOf } from '../../boundaries';
import type { NamelistValue } from './pw-input';

/**
 * The Coulomb interaction cut off in the vacuum, as the embedded engine does it: of a slab by the same formula (Sohier, Calandra and
 * Mauri, Phys. Rev. B 96, 075448 (2017)), of a molecule by that of Martyna and Tuckerman (J. Chem. Phys. 110, 2810 (1999)), which is 1/r
 * between all charges of a cell twice as wide as the molecule.
 */
const keys: Record<Boundaries, Record<string, NamelistValue>> = {
  periodic: {},
  slab: { assume_isolated: '2D' },
  isolated: { assume_isolated: 'mt' },
};

export const isolationKeys = (structure: Structure) => keys[boundariesOf(structure)];

/** pw.x integrates local potentials to the first point of their radial grid beyond 10 bohr, and no slab may be cut off nearer. */
const LEAST_HEIGHT_ANGSTROM = 2 * 10.1 * BOHR_ANGSTROM;

/** Why pw.x cannot compute a slab alone, beyond what no engine can; null where it can. */
export function slabHindrance({ cellAngstrom }: Structure): string | null {
  const c = cellAngstrom![2];
  const height = Math.hypot(...c);
  if (Math.hypot(c[0], c[1]) > 1e-6 * height)
    return 'pw.x cuts the interaction of a slab off along the cartesian z axis: turn the cell so that its vector c lies along z. The embedded engine computes it as it is.';
  if (height < LEAST_HEIGHT_ANGSTROM)
    return `pw.x cuts the interaction of a slab off only in cells of at least ${LEAST_HEIGHT_ANGSTROM.toFixed(1)} Å; this one is ${height.toFixed(1)} Å high. Add vacuum, or choose the embedded engine.`;
  return null;
}
