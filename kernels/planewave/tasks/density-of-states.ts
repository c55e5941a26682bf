import { KernelError } from '../../core/errors';
import { kpointMesh } from '../../crystal/kpoints';
import { planeWavesOf } from '../estimate';
import { findGap } from '../observables/band-edges';
import { type DensityOfStatesOptions, densityOfStates, levelOfFilling } from '../observables/density-of-states';
import { orbitalOperations } from '../observables/orbital-operations';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import { fullBands } from './describe-ground';
import { type Ground, meshSamples } from './ground-state';
import { meshProjections } from './projections';
import { pointRequest, solveAt } from './solve-at';

/** The density of states on a mesh of its own, at the density of the ground state. */
export async function addDensityOfStates(session: Session, output: PlanewaveOutput, ground: Ground): Promise<void> {
  const { input, setup } = session;
  const mesh = input.dos.mesh ?? ('mesh' in input.kpoints ? input.kpoints.mesh : null);
  if (!mesh)
    throw new KernelError('dos-without-mesh', 'The density of states needs dos.mesh when the k-points are a list.');
  const reduced = kpointMesh({ mesh, operations: setup.gridOperations, timeReversal: input.timeReversal });
  const operations = input.projections ? orbitalOperations(setup.system, reduced.operations) : null;
  const { eigenvalues: values, projections } = await solveAt(
    session,
    reduced.kpoints.map(({ fractional }) => fractional),
    ground,
    {
      phase: 'density of states',
      bandCount: await bandsForDensityOfStates(session, ground),
      projection: operations ? { operations } : undefined,
    },
  );
  const { method, widthHartree, stepHartree } = input.dos;
  const weights = reduced.kpoints.map(({ weight }) => weight);
  requireModestCurve(values.flat(), stepHartree);
  const how: DensityOfStatesOptions['method'] =
    method === 'gaussian'
      ? { kind: 'gaussian', widthHartree }
      : {
          kind: 'tetrahedra',
          mesh: {
            mesh,
            irreducibleOf: Int32Array.from(reduced.fullMesh, (point) => point.irreducible),
            reciprocal: setup.system.lattice.reciprocal,
          },
        };
  const dos = densityOfStates({ eigenvalues: values, weights, stepHartree, method: how });
  output.eigenvalues = {
    kpoints: reduced.kpoints,
    valuesHartree: values.map((spin) => spin.map((bands) => bands.slice(0, setup.bandCount))),
  };
  output.dos = { ...dos, fermiHartree: levelOfFilling(dos, setup.system.electrons) };
  if (operations)
    output.projections = await meshProjections(session, projections, {
      eigenvalues: values,
      weights,
      energiesHartree: dos.energiesHartree,
      method: how,
    });
  const samples = values.flatMap((bands, spin) =>
    reduced.kpoints.map(({ fractional }, i) => ({ fractional, spin, eigenvalues: bands[i]! })),
  );
  output.gap = findGap([...samples, ...meshSamples(ground)], fullBands(session, ground));
}

/**
 * The curve ends where the highest band begins to miss states; people look at least 5 eV above the gap or the Fermi level.
 * Bands are added until the point of the mesh whose highest band lies lowest is there, up to three times as many: the
 * vacuum of a slab holds states without end. A count that was asked for is kept.
 */
async function bandsForDensityOfStates(session: Session, ground: Ground): Promise<number> {
  const { setup, input, pool } = session;
  const samples = meshSamples(ground);
  const top = ({ eigenvalues }: { eigenvalues: readonly number[] }) => eigenvalues[eigenvalues.length - 1]!;
  const lowest = samples.reduce((best, sample) => (top(sample) < top(best) ? sample : best));
  const gap = findGap(samples, fullBands(session, ground));
  const target = (gap.conduction?.energyHartree ?? ground.fermiHartree) + DOS_RANGE_HARTREE;
  const { lattice, cutoffHartree } = setup.system;
  const most = Math.min(3 * setup.bandCount, Math.floor(planeWavesOf(lattice.volume, cutoffHartree) / 2));
  let count = setup.bandCount;
  let reached = top(lowest);
  while (input.bands.count === undefined && reached < target && count < most) {
    count = Math.min(most, Math.ceil(1.2 * count) + 1);
    await pool.solvePoints(
      [{ index: 0, spin: lowest.spin, fractional: lowest.fractional }],
      { ...pointRequest(count), potentials: ground.potentials },
      ({ eigenvalues }) => {
        reached = eigenvalues[count - 1]!;
      },
    );
  }
  return count;
}

/** 5 eV, and what the points between those of the mesh may lie lower. */
const DOS_RANGE_HARTREE = 0.2;

/** @throws KernelError dos-step for a curve of more points than anyone can draw. */
function requireModestCurve(values: readonly (readonly number[])[], stepHartree: number): void {
  const range = Math.max(...values.map((bands) => bands[bands.length - 1]!)) - Math.min(...values.map(([e]) => e!));
  if (range / stepHartree < MOST_ENERGIES) return;
  throw new KernelError(
    'dos-step',
    `dos.stepHartree ${stepHartree} cuts the ${range.toPrecision(3)} Ha that the bands span into more than ${MOST_ENERGIES} energies. Take a larger step.`,
    { stepHartree, rangeHartree: range },
  );
}
const MOST_ENERGIES = 100_000;
