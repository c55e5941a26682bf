import { dot, norm, rowTimesMatrix, subtract } from '../../crystal/linear';
import type { Matrix3, Vector3 } from '../../crystal/schema';

export interface LabelledPoint {
  fractional: Vector3;
  label?: string | undefined;
}

/** A straight piece of a path, from points[first] to points[last]. */
export interface PathSegment {
  first: number;
  last: number;
}

/** A band edge of one spin, with the number of the band that forms it. */
export interface MassEdge {
  edge: 'valence' | 'conduction';
  spin: number;
  band: number;
  fractional: Vector3;
  label: string | null;
}

/** Points on a straight line through an edge. */
export interface MassLine {
  edge: MassEdge;
  /** Cartesian unit vector, and the label of the point towards which it leads. */
  direction: Vector3;
  towards: string | null;
  /** E(-s) = E(s): the edge lies at a k that is its own negative, and the points stand on one side only. */
  isMirrored: boolean;
  /** Signed distances from the edge, 1/bohr, ascending; the edge is among them. */
  distances: number[];
  kpoints: Vector3[];
}

/** Where the energies for a mass are computed, 1/bohr from the edge: near enough for light carriers, far enough for heavy ones. */
const PLANNED_DISTANCES = [0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05];

/**
 * The straight pieces between labelled points. Labelled points side by side are the two ends of a break: nothing lies between
 * them that could belong to a line.
 */
export function segmentsOfPath(points: readonly LabelledPoint[]): PathSegment[] {
  const labelled = points.flatMap(({ label }, i) => (label === undefined ? [] : [i]));
  return labelled.slice(1).flatMap((last, i) => (last - labelled[i]! > 1 ? [{ first: labelled[i]!, last }] : []));
}

/**
 * The k-points at which energies are wanted so that masses do not depend on the path's step: on a line through each edge along
 * every segment of the path that meets there. An edge inside a segment has points on both sides; one at a segment's end too, if
 * necessary beyond that end, unless -k is the same as k.
 * @param reciprocal rows b_j, 1/bohr.
 */
export function planMassLines(
  points: readonly LabelledPoint[],
  segments: readonly PathSegment[],
  reciprocal: Matrix3,
  edges: readonly MassEdge[],
): MassLine[] {
  return edges.flatMap((edge) =>
    directionsAt(edge, points, segments, reciprocal).map(({ towards, step, unit }) => {
      const isMirrored = isEquivalent(
        edge.fractional,
        edge.fractional.map((x) => -x),
      );
      const distances = isMirrored
        ? [0, ...PLANNED_DISTANCES]
        : [...PLANNED_DISTANCES.map((s) => -s).reverse(), 0, ...PLANNED_DISTANCES];
      return {
        edge,
        direction: unit,
        towards,
        isMirrored,
        distances,
        kpoints: distances.map((s) => edge.fractional.map((x, axis) => x + s * step[axis]!) as Vector3),
      };
    }),
  );
}

interface Direction {
  towards: string | null;
  /** Change of the fractional coordinates for 1/bohr. */
  step: Vector3;
  /** Cartesian. */
  unit: Vector3;
}

function directionsAt(
  edge: MassEdge,
  points: readonly LabelledPoint[],
  segments: readonly PathSegment[],
  reciprocal: Matrix3,
): Direction[] {
  const found: Direction[] = [];
  const add = (from: LabelledPoint, to: LabelledPoint) => {
    const difference = subtract(to.fractional, from.fractional);
    const cartesian = rowTimesMatrix(difference, reciprocal);
    const length = norm(cartesian);
    if (length < 1e-9) return;
    const unit = cartesian.map((x) => x / length) as Vector3;
    if (found.some((other) => dot(other.unit, unit) > 1 - 1e-9)) return;
    found.push({ towards: to.label ?? null, step: difference.map((x) => x / length) as Vector3, unit });
  };
  for (const { first, last } of segments) {
    const [start, end] = [points[first]!, points[last]!];
    for (let i = first; i <= last; i++) {
      if (!isEquivalent(points[i]!.fractional, edge.fractional)) continue;
      if (i === last) add(end, start);
      else add(start, end);
    }
  }
  return found;
}

/** The same k-point but for a reciprocal lattice vector. */
export function isEquivalent(a: readonly number[], b: readonly number[]): boolean {
  return a.every((x, axis) => {
    const difference = x - b[axis]!;
    return Math.abs(difference - Math.round(difference)) < 1e-6;
  });
}
