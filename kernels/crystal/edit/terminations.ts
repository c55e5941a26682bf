import { dot } from '../linear';
import type { Site, Structure, Vector3 } from '../schema';
import type { LatticePlane } from './lattice-plane';
import { latticePlane } from './lattice-plane';
import { inPrimitiveCell } from './primitive-plane';
import { requireCrystal } from './requirements';

/** Atoms whose heights follow each other within this are one plane, angstrom. */
const PLANE_TOLERANCE_ANGSTROM = 0.1;

/** One way to cut a crystal parallel to a lattice plane. */
export interface Termination {
  /** Where the cut lies: its distance from the lattice plane through the origin in units of the planes' distance, in [0, 1). */
  offset: number;
  /** Distance between the planes of atoms below and above the cut, angstrom. */
  gapAngstrom: number;
  /** Atoms of one primitive cell in the plane below the cut, the outermost of the slab's upper face, such as "Na 1 Cl 1". */
  outermostPlane: string;
}

/**
 * The ways to end a slab of the crystal parallel to (h k l): cuts midway between planes of atoms, those grouped within 0.1 angstrom, within one
 * primitive cell, so that no translation carries one into another (in cells of more than 300 sites within the cell as it stands). The widest gap comes first, so that a layered crystal comes
 * apart between its layers; of equal ones the lower. Throws KernelError `bad-edit` where there is no crystal or no plane.
 */
export function terminationsOf(given: Structure, miller: Vector3): Termination[] {
  const { miller: asked } = latticePlane(requireCrystal(given, 'a surface'), miller);
  const { structure, miller: indices } = inPrimitiveCell(given, asked);
  return planeTerminations(structure.sites, latticePlane(structure.cellAngstrom!, indices));
}

/** The same for a plane that is known already. */
export function planeTerminations(sites: readonly Site[], { miller, spacingAngstrom }: LatticePlane): Termination[] {
  return cutsBetween(sites, miller, spacingAngstrom).sort(
    (a, b) => Math.round(1e3 * (b.gapAngstrom - a.gapAngstrom)) || a.offset - b.offset,
  );
}

function cutsBetween(sites: readonly Site[], miller: Vector3, spacingAngstrom: number): Termination[] {
  const sorted = sites
    .map((site) => ({ site, height: heightInCell(dot(miller, site.position)) }))
    .sort((a, b) => a.height - b.height);
  const gaps = sorted.map(({ height }, i) => {
    const above = i + 1 < sorted.length ? sorted[i + 1]!.height : sorted[0]!.height + 1;
    return { last: i, height, gap: above - height };
  });
  const tolerance = PLANE_TOLERANCE_ANGSTROM / spacingAngstrom;
  const widest = gaps.reduce((most, gap) => (gap.gap > most.gap + 1e-9 ? gap : most));
  const wide = gaps.filter(({ gap }) => gap > tolerance);
  // Where atoms follow each other at every height, the one cut there is goes through the widest gap.
  const cuts = wide.length > 0 ? wide : [widest];
  return cuts.map(({ last, height, gap }, i) => {
    const before = i > 0 ? cuts[i - 1]!.last : cuts.at(-1)!.last - sorted.length;
    const plane = Array.from({ length: last - before }, (_, n) => sorted.at((before + 1 + n) % sorted.length)!.site);
    return {
      offset: heightInCell(height + gap / 2),
      gapAngstrom: gap * spacingAngstrom,
      outermostPlane: contentOf(plane),
    };
  });
}

/** Into [0, 1), with what rounding leaves just below 1 taken for 0. */
function heightInCell(height: number): number {
  const wrapped = height - Math.floor(height);
  return wrapped > 1 - 1e-10 ? 0 : wrapped;
}

function contentOf(plane: readonly Site[]): string {
  const amounts = new Map<string, number>();
  for (const { species } of plane) {
    for (const { element, concentration } of species) {
      amounts.set(element, (amounts.get(element) ?? 0) + concentration);
    }
  }
  return [...amounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([element, amount]) => `${element} ${Number(amount.toFixed(3))}`)
    .join(' ');
}
