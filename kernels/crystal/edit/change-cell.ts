import type { CellParameters } from '../cell';
import { cellFromParameters } from '../cell';
import { checkCell } from '../check-structure';
import { determinant, identity, multiply } from '../linear';
import type { Matrix3, Structure } from '../schema';
import { badEdit, requireCell } from './requirements';

/**
 * The structure under a homogeneous strain e (symmetric, dimensionless): every cell vector v becomes v (1 + e), fractions stay.
 * Throws KernelError `bad-edit` without a cell, for a strain that is not symmetric to 1e-12 and for one that leaves no volume.
 */
export function strainStructure(structure: Structure, strain: Matrix3): Structure {
  const cell = requireCell(structure, 'a strain');
  const asymmetry = Math.max(
    ...[strain[0][1] - strain[1][0], strain[0][2] - strain[2][0], strain[1][2] - strain[2][1]].map(Math.abs),
  );
  if (asymmetry > 1e-12) {
    throw badEdit('The strain is not symmetric: its components xy and yx, xz and zx, yz and zy must be the same.', {
      asymmetry,
    });
  }
  const deformation = strain.map((row, i) => row.map((x, j) => x + identity[i]![j]!)) as Matrix3;
  if (!isPositiveDefinite(deformation)) {
    throw badEdit(
      'The strain presses the cell flat or turns it inside out: no direction may shrink by 100 % or more.',
      {
        strain: strain.flat(),
      },
    );
  }
  return { ...structure, cellAngstrom: multiply(cell, deformation) };
}

/**
 * The structure with the same fractions in a cell of these lengths (angstrom) and angles (degrees), a along x and b in the xy plane.
 * Throws KernelError `bad-edit` without a cell and for angles that no cell has.
 */
export function changeCell(structure: Structure, parameters: CellParameters): Structure {
  if (!structure.cellAngstrom) {
    throw badEdit('The structure has no cell, so its atoms have no fractions to keep; put it into a box first.');
  }
  const { anglesDegrees, lengthsAngstrom } = parameters;
  const cellAngstrom = cellFromParameters(parameters);
  const hasNumbers = cellAngstrom.flat().every(Number.isFinite);
  // Cosines cannot tell an angle beyond 180 degrees from its complement.
  const isOrdinary = anglesDegrees.every((angle) => angle > 0 && angle < 180);
  if (!hasNumbers || !isOrdinary || checkCell({ ...structure, cellAngstrom }).length > 0) {
    throw badEdit(
      `No cell has the angles ${anglesDegrees.join(', ')} degrees and the lengths ${lengthsAngstrom.join(', ')} Å: ` +
        'each angle must be less than the sum of the other two, and all three less than 360 together.',
      { anglesDegrees, lengthsAngstrom },
    );
  }
  return { ...structure, cellAngstrom };
}

/** Sylvester: all leading minors are positive. */
function isPositiveDefinite(m: Matrix3): boolean {
  return [m[0][0], m[0][0] * m[1][1] - m[0][1] * m[1][0], determinant(m)].every((minor) => minor > 0);
}
