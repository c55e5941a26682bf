import { combine, dot, type Lattice, type Vector3 } from '../basis/lattice';
import type { Boundaries } from '../boundary-kinds';
import { type Ewald, ewald, wrap } from './ewald';
import { slabEwald } from './slab-ewald';
import { zeroTensor, zeroVectors } from './tensor';

/** The energy of the ions among each other, with the same interaction as all other charges. */
export function ionEnergy(
  boundaries: Boundaries,
  lattice: Lattice,
  positions: readonly Vector3[],
  charges: readonly number[],
): Ewald {
  if (boundaries === 'periodic') return ewald(lattice, positions, charges);
  if (boundaries === 'slab') return slabEwald(lattice, positions, charges);
  return pairEnergy(lattice, positions, charges);
}

/** Of a molecule: sum_(i<j) Z_i Z_j/r_ij, each pair at its nearest. */
function pairEnergy(lattice: Lattice, positions: readonly Vector3[], charges: readonly number[]): Ewald {
  const result: Ewald = { energyHartree: 0, forces: zeroVectors(charges.length), strain: zeroTensor() };
  for (let i = 0; i < charges.length; i++) {
    for (let j = 0; j < i; j++) {
      const r = combine(
        lattice.vectors,
        [0, 1, 2].map((axis) => wrap(positions[i]![axis]! - positions[j]![axis]!)) as Vector3,
      );
      const square = dot(r, r);
      const energy = (charges[i]! * charges[j]!) / Math.sqrt(square);
      result.energyHartree += energy;
      for (let axis = 0; axis < 3; axis++) {
        result.forces[i]![axis]! += (energy * r[axis]!) / square;
        result.forces[j]![axis]! -= (energy * r[axis]!) / square;
      }
    }
  }
  return result;
}
