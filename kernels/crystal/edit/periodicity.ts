import { cross, dot, identity, inverse, norm, rowTimesMatrix } from '../linear';
import type { Matrix3, Structure, Vector3 } from '../schema';
import { cartesianPositions } from '../structure';
import { wrapPeriodic } from '../wrap-periodic';
import { requireCell } from './requirements';
import { requireHeight } from './slab';

/**
 * The structure made periodic along the directions named. Along each other one the cell vector becomes perpendicular to the remaining two, as long as
 * the atoms reach plus the vacuum (angstrom), the atoms in the middle; what was periodic there is cut where the widest gap between atoms is. A
 * molecule without a cell gets a box along x, y and z. Throws KernelError `bad-edit` for a cell that is or becomes flat.
 */
export function changePeriodicity(
  structure: Structure,
  periodic: Structure['periodic'],
  vacuumAngstrom: number,
): Structure {
  const isMolecule = structure.cellAngstrom === null;
  if (!isMolecule) requireCell(structure, 'a change of periodicity');
  const open = [0, 1, 2].filter((axis) => isMolecule || !periodic[axis]);
  // Those that are open already go first: where a periodic one is cut must be seen across them.
  const ordered = open.toSorted((a, b) => Number(structure.periodic[a]) - Number(structure.periodic[b]));
  const start: Structure = isMolecule ? { ...structure, cellAngstrom: identity } : structure;
  const opened = ordered.reduce((current, axis) => openDirection(current, axis, vacuumAngstrom), start);
  return {
    cellAngstrom: opened.cellAngstrom,
    periodic: [...periodic],
    sites: opened.sites.map((site) => ({ ...site, position: wrapPeriodic(site.position, periodic) })),
  };
}

function openDirection(structure: Structure, axis: number, vacuumAngstrom: number): Structure {
  const cell = structure.cellAngstrom!;
  const whole = structure.periodic[axis] ? joinAcrossGap(structure, axis) : structure;
  const normal = perpendicular(cell, axis);
  const places = cartesianPositions(whole);
  const heights = places.map((place) => dot(place, normal));
  const low = heights.reduce((a, b) => Math.min(a, b), Infinity);
  const high = heights.reduce((a, b) => Math.max(a, b), -Infinity);
  const height = high - low + vacuumAngstrom;
  requireHeight(height, 'structure');
  const openCell = cell.map((row, i) => (i === axis ? normal.map((x) => x * height + 0) : row)) as Matrix3;
  const toFractional = inverse(openCell);
  const shift = height / 2 - (low + high) / 2;
  return {
    cellAngstrom: openCell,
    periodic: structure.periodic.map((is, i) => is && i !== axis) as Structure['periodic'],
    sites: whole.sites.map((site, i) => {
      const place = places[i]!.map((x, j) => x + shift * normal[j]!) as Vector3;
      return { ...site, position: rowTimesMatrix(place, toFractional) };
    }),
  };
}

/** Unit vector across the two other cell vectors, on the side of this one. */
function perpendicular(cell: Matrix3, axis: number): Vector3 {
  const across = cross(cell[(axis + 1) % 3]!, cell[(axis + 2) % 3]!);
  const length = norm(across) * Math.sign(dot(across, cell[axis]!));
  return across.map((x) => x / length) as Vector3;
}

/** Images of the atoms that lie next to each other along the axis, the widest gap outside; that at the wall of the cell where gaps are equal. */
function joinAcrossGap(structure: Structure, axis: number): Structure {
  const fractions = structure.sites.map(({ position }) => position[axis]! - Math.floor(position[axis]!));
  const sorted = fractions.toSorted((a, b) => a - b);
  let start = sorted[0]!;
  let widest = sorted[0]! + 1 - sorted.at(-1)!;
  for (let i = 1; i < sorted.length; i++) {
    const gap = sorted[i]! - sorted[i - 1]!;
    if (gap > widest + 1e-6) [start, widest] = [sorted[i]!, gap];
  }
  return {
    ...structure,
    sites: structure.sites.map((site, i) => {
      const position: Vector3 = [...site.position];
      position[axis] = fractions[i]! < start ? fractions[i]! + 1 : fractions[i]!;
      return { ...site, position };
    }),
  };
}
