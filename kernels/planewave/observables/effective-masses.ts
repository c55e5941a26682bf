import { BOHR_ANGSTROM, HARTREE_EV } from '../../core/constants';
import { norm, rowTimesMatrix, subtract } from '../../crystal/linear';
import type { Matrix3, Vector3 } from '../../crystal/schema';
import type { PlanewaveOutput } from '../schema';
import { fitCurvature } from './fit-curvature';
import { isEquivalent, type LabelledPoint, type MassEdge, type MassLine, type PathSegment } from './mass-lines';

export type EffectiveMass = NonNullable<PlanewaveOutput['effectiveMasses']>[number];

/** Bands this near to the edge, Ha, are branches of it: eigenvalues have errors of some 1e-6. */
const DEGENERACY_HARTREE = 2e-5;
/** Of the path's own points those within this distance, 1/bohr, are used. */
const LARGEST_DISTANCE = 0.15;

/**
 * Effective masses 1/m = d^2E/ds^2 along lines through the band edges, of polynomials that are fitted near the edge (`fitCurvature`)
 * and at their extremum, which may lie between points. A degenerate edge gives one entry for each branch, bands taken in order
 * of energy. Bands too flat to tell from the noise of the eigenvalues give no entry.
 * @param eigenvalues [line][point of the line][band], Ha, of the line's spin.
 */
export function effectiveMasses(
  lines: readonly MassLine[],
  eigenvalues: readonly (readonly (readonly number[])[])[],
): EffectiveMass[] {
  return lines.flatMap((line, index) => {
    const energies = eigenvalues[index]!;
    return branchesOf(line.edge, energies[line.distances.indexOf(0)]!).flatMap((band) => {
      const fit = fitCurvature(
        line.distances,
        energies.map((bands) => bands[band]!),
        line.isMirrored,
      );
      if (!fit) return [];
      return [
        {
          edge: line.edge.edge,
          spin: line.edge.spin,
          band,
          fractional: line.edge.fractional,
          label: line.edge.label,
          direction: line.direction,
          towards: line.towards,
          mass: 1 / fit.curvature,
          rangePerAngstrom: fit.range / BOHR_ANGSTROM,
          fitErrorEv: fit.error * HARTREE_EV,
        },
      ];
    });
  });
}

/**
 * The same from the points of a path alone, where no others were computed: as exact as the path is dense.
 * @param eigenvalues [spin][point][band], Ha.
 */
export function effectiveMassesAlongPath(
  points: readonly LabelledPoint[],
  segments: readonly PathSegment[],
  reciprocal: Matrix3,
  edges: readonly MassEdge[],
  eigenvalues: readonly (readonly (readonly number[])[])[],
): EffectiveMass[] {
  const lines: MassLine[] = [];
  const samples: (readonly number[])[][] = [];
  for (const edge of edges) {
    for (const { first, last } of segments) {
      for (let at = first; at <= last; at++) {
        if (!isEquivalent(points[at]!.fractional, edge.fractional)) continue;
        const target = at === last ? first : last;
        const sign = target > at ? 1 : -1;
        const distanceOf = (i: number) =>
          Math.sign(i - at) *
          sign *
          norm(rowTimesMatrix(subtract(points[i]!.fractional, points[at]!.fractional), reciprocal));
        const members = Array.from({ length: last - first + 1 }, (_, i) => first + i)
          .filter((i) => Math.abs(distanceOf(i)) <= LARGEST_DISTANCE)
          .sort((a, b) => distanceOf(a) - distanceOf(b));
        const difference = rowTimesMatrix(subtract(points[target]!.fractional, points[at]!.fractional), reciprocal);
        lines.push({
          edge,
          direction: difference.map((x) => x / norm(difference)) as Vector3,
          towards: points[target]!.label ?? null,
          isMirrored: isEquivalent(
            edge.fractional,
            edge.fractional.map((x) => -x),
          ),
          distances: members.map(distanceOf),
          kpoints: members.map((i) => points[i]!.fractional),
        });
        samples.push(members.map((i) => eigenvalues[edge.spin]![i]!));
      }
    }
  }
  return effectiveMasses(lines, samples);
}

/** The band of the edge and those degenerate with it. */
function branchesOf({ edge, band }: MassEdge, energies: readonly number[]): number[] {
  const step = edge === 'valence' ? -1 : 1;
  const branches = [band];
  for (let next = band + step; next >= 0 && next < energies.length; next += step) {
    if (Math.abs(energies[next]! - energies[band]!) > DEGENERACY_HARTREE) break;
    branches.push(next);
  }
  return branches;
}
