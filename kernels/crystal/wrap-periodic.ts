import { wrapFractional } from './operations';
import type { Structure, Vector3 } from './schema';

/** Fractional coordinates in [0, 1) along the periodic directions; along the others an atom outside of the cell is another place. */
export function wrapPeriodic(fractional: Vector3, periodic: Structure['periodic']): Vector3 {
  const wrapped = wrapFractional(fractional);
  return fractional.map((x, axis) => (periodic[axis] ? wrapped[axis]! : x)) as Vector3;
}
