import { dot, inverse, multiply } from '../linear';
import { primitiveCrystal } from '../primitive-lattice';
import type { Structure, Vector3 } from '../schema';
import { siteKinds } from '../site-kinds';

/** An atom this near to where a translation puts another is the same, angstrom. */
const TOLERANCE_ANGSTROM = 0.01;
/** The search compares all pairs of sites for each candidate; a larger cell keeps its size. */
const SEARCHED_SITES_MAX = 300;

/**
 * The crystal in its primitive cell and the indices there of the planes that have the indices `miller` in the cell as it stands: a slab is then cut
 * in the smallest cell of its surface, as thick as layers of atoms and not of cells. Sites that differ by label, moment, charge or mass are
 * not each other's copies. Given back as it is where it is primitive already, or has more than 300 sites.
 */
export function inPrimitiveCell(structure: Structure, miller: Vector3): { structure: Structure; miller: Vector3 } {
  const { cellAngstrom, sites } = structure;
  if (!cellAngstrom || sites.length > SEARCHED_SITES_MAX) return { structure, miller };
  const { kinds: numbers } = siteKinds(sites);
  const kinds = sites.map(({ label = '' }, i) => `${numbers[i]} ${label}`);
  const positions = sites.map(({ position }) => position);
  const primitive = primitiveCrystal({ cellAngstrom, kinds, positions }, TOLERANCE_ANGSTROM);
  const copies = sites.length / primitive.positions.length;
  if (copies === 1) return { structure, miller };
  const rows = multiply(primitive.cellAngstrom, inverse(cellAngstrom));
  return {
    structure: {
      cellAngstrom: primitive.cellAngstrom,
      periodic: structure.periodic,
      sites: primitive.positions.map((position, i) => ({ ...sites[kinds.indexOf(primitive.kinds[i]!)]!, position })),
    },
    // In units of 1 / copies they are whole; the common divisor goes where the plane is looked for.
    miller: rows.map((row) => Math.round(copies * dot(row, miller))) as Vector3,
  };
}
