import { dot } from '../linear';
import { latticeDistance, wrapFractional } from '../operations';
import type { Matrix3, Site, Vector3 } from '../schema';
import { siteKinds } from '../site-kinds';

/** An atom this near to where a translation puts another is the same, angstrom. */
const TOLERANCE_ANGSTROM = 0.01;
const BOXES = 32;

/**
 * Says whether a translation of the crystal onto itself rises by a fraction of the lattice planes' distance, given to within `tolerance`. Cells that are
 * not primitive have such translations. Candidates are the vectors between sites of the rarest kind.
 */
export function translationHeights(
  sites: readonly Site[],
  cellAngstrom: Matrix3,
  miller: Vector3,
): (height: number, tolerance: number) => boolean {
  const { kinds } = siteKinds(sites);
  const positions = sites.map(({ position }) => wrapFractional(position));
  const sitesOfKind = groupSites(sites.length, (site) => kinds[site]!);
  const rarest = [...sitesOfKind.values()].reduce((least, group) => (group.length < least.length ? group : least));
  const first = positions[rarest[0]!]!;
  const shifts = rarest.map((site) => positions[site]!.map((x, i) => x - first[i]!) as Vector3);
  const boxes = groupSites(sites.length, (site) => boxOf(positions[site]!, [0, 0, 0]));

  const isTaken = (point: Vector3, kind: number) =>
    corners.some((corner) =>
      boxes
        .get(boxOf(point, corner))
        ?.some(
          (site) => kinds[site] === kind && latticeDistance(positions[site]!, point, cellAngstrom) < TOLERANCE_ANGSTROM,
        ),
    );
  return (height, tolerance) =>
    shifts.some((shift) => {
      const off = dot(miller, shift) - height;
      if (Math.abs(off - Math.round(off)) > tolerance) return false;
      return positions.every((position, site) =>
        isTaken(wrapFractional(position.map((x, i) => x + shift[i]!) as Vector3), kinds[site]!),
      );
    });
}

/** A point near the wall of its box is looked for in the next one too: a quarter of a box away. */
const corners = [-1, 1].flatMap((a) => [-1, 1].flatMap((b) => [-1, 1].map((c): Vector3 => [a, b, c])));

function boxOf(point: Vector3, corner: Vector3): number {
  const [a, b, c] = point.map((x, i) => (Math.floor(x * BOXES + corner[i]! / 4) + BOXES) % BOXES) as Vector3;
  return (a * BOXES + b) * BOXES + c;
}

function groupSites(count: number, keyOf: (site: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let site = 0; site < count; site++) {
    const group = groups.get(keyOf(site));
    if (group) group.push(site);
    else groups.set(keyOf(site), [site]);
  }
  return groups;
}
