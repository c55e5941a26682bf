import { KernelError } from '../core/errors';
import { multiply } from '../crystal/linear';
import type { Matrix3, Structure } from '../crystal/schema';

/**
 * A crystal whose space was deformed: every point r, a row in cartesian coordinates, moves to r F. The sites keep their fractional
 * coordinates. Throws KernelError `no-cell` for a molecule.
 */
export function deform(structure: Structure, F: Matrix3): Structure {
  if (!structure.cellAngstrom) throw new KernelError('no-cell', 'A molecule has no cell to deform.');
  return { ...structure, cellAngstrom: multiply(structure.cellAngstrom, F) };
}

/** The deformation that changes all lengths alike, and the volume by a factor. */
export function isotropic(volumeFactor: number): Matrix3 {
  const scale = Math.cbrt(volumeFactor);
  return [
    [scale, 0, 0],
    [0, scale, 0],
    [0, 0, scale],
  ];
}
