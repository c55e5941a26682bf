import type { Vector3 } from '../basis/lattice';
import { effectiveMasses } from '../observables/effective-masses';
import { type MassEdge, planMassLines, segmentsOfPath } from '../observables/mass-lines';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import type { Ground } from './ground-state';
import { solveAt } from './solve-at';

/** Bands beyond the edge that may be branches of it. */
const BRANCHES = 5;

/** Effective masses of both band edges along the path's lines through them, from k-points of their own. Nothing for metals. */
export async function addEffectiveMasses(session: Session, output: PlanewaveOutput, ground: Ground): Promise<void> {
  const { gap } = output;
  const points = session.input.bands.kpoints!;
  const edges: MassEdge[] = (['valence', 'conduction'] as const).flatMap((edge) => {
    const found = gap[edge];
    return found ? [{ edge, ...found }] : [];
  });
  const lines = planMassLines(points, segmentsOfPath(points), session.setup.system.lattice.reciprocal, edges);
  if (lines.length === 0) {
    if (edges.length > 0)
      session.notes.push('The band edges lie off the path: no effective masses along it can be given.');
    return;
  }
  // Lines through the same edge share their points, as both edges do at a direct gap.
  const place = new Map<string, number>();
  const kpoints: Vector3[] = [];
  const indices = lines.map((line) =>
    line.kpoints.map((k) => {
      const key = k.map((x) => x.toFixed(9)).join();
      if (!place.has(key)) place.set(key, kpoints.push(k) - 1);
      return place.get(key)!;
    }),
  );
  const highest = Math.max(...edges.map(({ band }) => band));
  const { eigenvalues } = await solveAt(session, kpoints, ground, {
    phase: 'effective masses',
    bandCount: Math.min(session.setup.bandCount, highest + 1 + BRANCHES),
    isKept: false,
  });
  output.effectiveMasses = effectiveMasses(
    lines,
    lines.map(({ edge }, line) => indices[line]!.map((k) => eigenvalues[edge.spin]![k]!)),
  );
}
