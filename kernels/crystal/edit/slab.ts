import { layInPlane } from '../in-plane';
import { dot, multiply, rowTimesMatrix } from '../linear';
import type { Structure, Vector3 } from '../schema';
import { latticePlane, latticePlaneRows } from './lattice-plane';
import { inPrimitiveCell } from './primitive-plane';
import { badEdit, requireCrystal, requireSize } from './requirements';
import { planeTerminations } from './terminations';

/** The shortest vector across a slab or a wire, angstrom. */
export const LEAST_HEIGHT_ANGSTROM = 1;

export interface SlabOptions {
  /** Indices (h k l) of the cell as it stands; the upper face looks along h b1 + k b2 + l b3. */
  miller: Vector3;
  /** Repeats of the distance d of the primitive lattice's planes. */
  layers: number;
  vacuumAngstrom: number;
  /** Which of `terminationsOf`, from 0. */
  termination: number;
}

/**
 * A slab of the crystal parallel to (h k l) in the shortest cell of that plane of its primitive lattice, of area volume / d: a along x, b in the xy
 * plane, c along z and as long as the slab is thick plus the vacuum, the slab in the middle. `layers` copies of every site of the primitive cell, periodic in the plane
 * only. Throws KernelError `bad-edit` where the crystal is not periodic in three directions, for (0 0 0), a termination that there is not, more
 * than 20,000 atoms and a cell without height.
 */
export function cutSlab(given: Structure, { miller, layers, vacuumAngstrom, termination }: SlabOptions): Structure {
  const { miller: asked } = latticePlane(requireCrystal(given, 'a slab'), miller);
  const { structure, miller: indices } = inPrimitiveCell(given, asked);
  const cell = structure.cellAngstrom!;
  const plane = latticePlane(cell, indices);
  requireSize(layers * structure.sites.length);
  const terminations = planeTerminations(structure.sites, plane);
  const cut = terminations[termination];
  if (!cut) throw unknownTermination(asked, termination, terminations.length);

  const rows = latticePlaneRows(cell, plane);
  const atoms = structure.sites.flatMap((site) => {
    const lowest = Math.ceil(cut.offset - dot(plane.miller, site.position));
    return Array.from({ length: layers }, (_, layer) => {
      const fractional = site.position.map((f, i) => f + (lowest + layer) * rows[2][i]!) as Vector3;
      return { site, place: rowTimesMatrix(fractional, cell) };
    });
  });
  const [u, v] = multiply(rows, cell);
  const slab = layInPlane(atoms, [u, v], vacuumAngstrom);
  requireHeight(slab.cellAngstrom![2][2], 'slab');
  return slab;
}

/** Throws KernelError `bad-edit` for a cell that would be flat, angstrom. */
export function requireHeight(heightAngstrom: number, shape: string): void {
  if (heightAngstrom >= LEAST_HEIGHT_ANGSTROM) return;
  throw badEdit(
    `With so little vacuum the cell of the ${shape} would be ${heightAngstrom.toFixed(3)} Å high; at least ${LEAST_HEIGHT_ANGSTROM} Å is needed.`,
    { heightAngstrom },
  );
}

function unknownTermination(miller: Vector3, termination: number, count: number) {
  return badEdit(
    `The surface (${miller.join(' ')}) has ${count === 1 ? 'one termination' : `${count} terminations`}, counted from 0, so there is no termination ${termination}.`,
    { termination, terminations: count },
  );
}
