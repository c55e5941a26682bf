import { add, cross, dot, inverse, rowTimesMatrix, subtract } from '../linear';
import type { Structure, Vector3 } from '../schema';
import { cartesianPositions } from '../structure';
import { wrapPeriodic } from '../wrap-periodic';
import { requireCell, requireDirection, requireSites } from './requirements';

/**
 * The structure with these sites moved by a cartesian vector in angstrom. They then move together by the lattice vector that brings their middle into
 * the cell, so that a molecule stays in one piece.
 */
export function moveAtoms(structure: Structure, sites: readonly number[], byAngstrom: Vector3): Structure {
  const chosen = requireSites(structure, sites);
  const moved = changePlaces(structure, chosen, (place) => add(place, byAngstrom));
  if (!moved.cellAngstrom) return moved;
  const middle = meanOf([...chosen].map((site) => moved.sites[site]!.position));
  const back = subtract(wrapPeriodic(middle, moved.periodic), middle).map(Math.round) as Vector3;
  return {
    ...moved,
    sites: moved.sites.map((site, i) => (chosen.has(i) ? { ...site, position: add(site.position, back) } : site)),
  };
}

/**
 * The structure with these sites turned by an angle in degrees about an axis through the mean of their positions, right-handed, by Rodrigues' formula
 * r' = r cos t + (n x r) sin t + n (n . r)(1 - cos t). Positions are taken as they are and not wrapped. Throws KernelError `bad-edit` for an axis of zeros.
 */
export function rotateAtoms(
  structure: Structure,
  sites: readonly number[],
  { axis, degrees }: { axis: Vector3; degrees: number },
): Structure {
  const n = requireDirection(axis, 'axis of rotation');
  // Without whole turns, whose sine and cosine would lose digits.
  const angle = ((degrees % 360) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return aboutMiddle(structure, sites, (r) => {
    const turned = cross(n, r);
    const along = dot(n, r) * (1 - cos);
    return r.map((x, i) => x * cos + turned[i]! * sin + n[i]! * along) as Vector3;
  });
}

/**
 * The structure with these sites mirrored in the plane across the normal (cartesian) through the mean of their positions, r' = r - 2 n (n . r).
 * Positions are taken as they are and not wrapped. Throws KernelError `bad-edit` for a normal of zeros.
 */
export function mirrorAtoms(structure: Structure, sites: readonly number[], normal: Vector3): Structure {
  const n = requireDirection(normal, 'normal of the mirror plane');
  return aboutMiddle(structure, sites, (r) => {
    const height = dot(n, r);
    return r.map((x, i) => x - 2 * n[i]! * height) as Vector3;
  });
}

/** Cartesian positions (angstrom) of the chosen sites through a map; nothing is wrapped, and the others keep theirs to the last bit. */
export function changePlaces(
  structure: Structure,
  chosen: ReadonlySet<number>,
  map: (placeAngstrom: Vector3) => Vector3,
): Structure {
  const toFractional = structure.cellAngstrom && inverse(requireCell(structure, 'a motion of atoms'));
  const places = cartesianPositions(structure);
  return {
    ...structure,
    sites: structure.sites.map((site, i) => {
      if (!chosen.has(i)) return site;
      const place = map(places[i]!);
      const position = toFractional ? rowTimesMatrix(place, toFractional) : place;
      return { ...site, position: position.map((x) => x + 0) as Vector3 };
    }),
  };
}

function aboutMiddle(structure: Structure, sites: readonly number[], map: (r: Vector3) => Vector3): Structure {
  const chosen = requireSites(structure, sites);
  const places = cartesianPositions(structure);
  const middle = meanOf([...chosen].map((site) => places[site]!));
  return changePlaces(structure, chosen, (place) => add(middle, map(subtract(place, middle))));
}

function meanOf(points: readonly Vector3[]): Vector3 {
  const sum = points.reduce<Vector3>((total, point) => add(total, point), [0, 0, 0]);
  return sum.map((x) => x / points.length) as Vector3;
}
