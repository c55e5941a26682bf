import { findGap } from '../observables/band-edges';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import { fullBands } from './describe-ground';
import { type Ground, meshSamples } from './ground-state';
import { addEffectiveMasses } from './masses';
import { pathProjections } from './projections';
import { solveAt } from './solve-at';

/** Bands along the input's path, at the density of the ground state. */
export async function addBands(session: Session, output: PlanewaveOutput, ground: Ground): Promise<void> {
  const points = session.input.bands.kpoints!;
  const { eigenvalues: values, projections } = await solveAt(
    session,
    points.map(({ fractional }) => fractional),
    ground,
    {
      phase: 'bands along the path',
      // A path is what it is: nothing is averaged over symmetry.
      projection: session.input.projections ? { operations: null } : undefined,
    },
  );
  if (session.input.projections) output.projections = await pathProjections(session, projections, values, ground);
  output.eigenvalues = {
    kpoints: points.map(({ fractional, weight = 0, label }) => ({
      fractional,
      weight,
      ...(label === undefined ? {} : { label }),
    })),
    valuesHartree: values,
  };
  const path = values.flatMap((bands, spin) =>
    points.map(({ fractional, label }, i) => ({ fractional, label, spin, eigenvalues: bands[i]! })),
  );
  output.gap = findGap([...path, ...meshSamples(ground)], fullBands(session, ground));
  if (session.input.bands.effectiveMasses) await addEffectiveMasses(session, output, ground);
}
