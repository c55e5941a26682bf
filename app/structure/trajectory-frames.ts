import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { type DrawnAtom, drawnAtoms, mainElement, toCartesian } from './view-geometry';

export interface Geometry {
  cellAngstrom: Matrix3;
  fractional: Vector3[];
}

export interface Frame {
  atoms: DrawnAtom[];
  cell: Matrix3;
}

/**
 * The frames of a trajectory with the same images of every atom from the first to the last, so that none jumps across the cell.
 * Displacements from the last geometry are multiplied by `factor`: relaxations are small to the eye.
 */
export function trajectoryFrames(structure: Structure, geometries: Geometry[], factor: number): Frame[] {
  const last = geometries.at(-1)!;
  const resting: Structure = {
    ...structure,
    cellAngstrom: last.cellAngstrom,
    sites: structure.sites.map((site, i) => ({ ...site, position: last.fractional[i]! })),
  };
  const images = drawnAtoms(resting, [1, 1, 1]).map(({ site, cartesianAngstrom }) => {
    const home = toCartesian(last.fractional[site]!, last.cellAngstrom);
    return { site, shift: toFractional(subtract(cartesianAngstrom, home), last.cellAngstrom).map(Math.round) };
  });
  return geometries.map(({ cellAngstrom, fractional }) => ({
    cell: cellAngstrom,
    atoms: images.map(({ site, shift }) => {
      const place = fractional[site]!.map((x, axis) => {
        const rest = last.fractional[site]![axis]!;
        const moved = x - rest;
        return rest + factor * (moved - Math.round(moved)) + shift[axis]!;
      }) as Vector3;
      const element = mainElement(structure.sites[site]!);
      return { element, site, cartesianAngstrom: toCartesian(place, cellAngstrom) };
    }),
  }));
}

const subtract = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** By Cramer's rule; rows of the cell are its vectors. */
function toFractional(cartesian: Vector3, [a, b, c]: Matrix3): Vector3 {
  const volume = dot(a, cross(b, c));
  return [
    dot(cartesian, cross(b, c)) / volume,
    dot(cartesian, cross(c, a)) / volume,
    dot(cartesian, cross(a, b)) / volume,
  ];
}
const dot = (a: Vector3, b: Vector3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
