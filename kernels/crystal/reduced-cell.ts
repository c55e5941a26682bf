import { reduceToCell } from './derived-cells';
import { niggliTransformation } from './niggli';
import type { Structure } from './schema';

/** The crystal in the Niggli cell of a primitive one: the shortest vectors, unrotated, atoms wrapped into it. Throws KernelError `bad-cell`. */
export function reducedCell(primitive: Structure): Structure {
  return reduceToCell(primitive, niggliTransformation(primitive.cellAngstrom!), 1e-3);
}
