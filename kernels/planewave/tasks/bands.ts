import { findGap } from '../observables/band-edges';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import { fullBands } from './describe-ground';
import { type Ground, meshSamples } from './ground-state';
import { solveAt } from './solve-at';

/** Bands along the input's path, at the density of the ground state. */
export async function addBands(session: Session, output: PlanewaveOutput, ground: Ground): Promise<void> {
  const points = session.input.bands.kpoints!;
  const values = await solveAt(
    session,
    points.map(({ fractional }) => fractional),
    ground,
    'bands along the path',
  );
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
}
