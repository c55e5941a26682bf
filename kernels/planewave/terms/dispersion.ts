import { elementBySymbol } from '../../crystal/elements';
import type { Atoms } from '../../dispersion/neighbours';
import { combine } from '../basis/lattice';
import type { System } from '../system';

/** The atoms as the dispersion kernel takes them: cartesian places in bohr. */
export function atomsOfSystem({ lattice, positions, species, speciesOf }: System, periodic: Atoms['periodic']): Atoms {
  return {
    cell: lattice.vectors,
    periodic,
    positions: positions.map((x) => combine(lattice.vectors, x)),
    atomicNumbers: speciesOf.map((s) => elementBySymbol(species[s]!.element).atomicNumber),
  };
}
