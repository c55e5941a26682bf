import { createPlaneWaves } from '../basis/plane-waves';
import { filledBands, findGap } from '../observables/band-edges';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import { PLANEWAVE_VERSION } from '../version';
import { type Ground, meshSamples } from './ground-state';
import { magnetisationOf } from './magnetisation';

/** The output's part that every task has. */
export function describeGround(session: Session, ground: Ground): PlanewaveOutput {
  const { input, setup, notes, timings, pool } = session;
  const { scf } = ground;
  const energyZeroWidth = scf && scf.energyHartree - scf.termsHartree.smearing / (scf.occupations.freeEnergyWeight + 1);
  const gap = findGap(meshSamples(ground), fullBands(session, ground));
  addNotes(session, ground, gap);
  return {
    version: PLANEWAVE_VERSION,
    task: input.task,
    converged: ground.converged,
    energyHartree: scf?.energyHartree ?? null,
    energyZeroWidthHartree: energyZeroWidth,
    termsHartree: scf?.termsHartree ?? null,
    fermiHartree: ground.fermiHartree,
    ...(ground.fermiSpinHartree ? { fermiSpinHartree: ground.fermiSpinHartree } : {}),
    electrons: setup.system.electrons,
    ...magnetisationOf(session, ground),
    eigenvalues: {
      kpoints: ground.kpoints.map(({ fractional, weight, label }) => ({
        fractional,
        weight,
        ...(label === undefined ? {} : { label }),
      })),
      valuesHartree: ground.eigenvalues,
      occupations: ground.occupations,
    },
    gap,
    iterations: scf?.iterations ?? [],
    resolved: {
      cutoffHartree: setup.system.cutoffHartree,
      fftGrid: setup.system.grid,
      planeWaves: scf?.planeWaves ?? mostPlaneWaves(session),
      bands: setup.bandCount,
      irreducibleKpoints: setup.kpoints.length,
      symmetryOperations: setup.operations.length,
      spaceGroupNumber: setup.spaceGroupNumber,
      pseudopotentials: Object.fromEntries(setup.system.species.map(({ element, name }) => [element, name])),
      backend: pool.backendDescription,
      threads: pool.size,
    },
    notes,
    timings,
  };
}

/** At any k-point of the mesh, where none was computed: the density was there. */
function mostPlaneWaves({ setup: { system, kpoints } }: Session): number {
  const { lattice, cutoffHartree, grid } = system;
  return Math.max(
    ...kpoints.map(({ fractional }) => createPlaneWaves(lattice, fractional, 2 * cutoffHartree, grid).count),
  );
}

/** Bands that are full in each spin channel; null for a metal. */
export function fullBands({ setup, input }: Session, { kpoints, occupations }: Ground): number[] | null {
  const { electrons, spinChannels } = setup.system;
  if (spinChannels === 1) return filledBands(electrons, null);
  if (input.spin.totalMagnetisation !== null) return filledBands(electrons, input.spin.totalMagnetisation);
  const perSpin = occupations.map((spin) =>
    spin.reduce((sum, bands, k) => sum + kpoints[k]!.weight * bands.reduce((part, f) => part + f, 0), 0),
  );
  return filledBands(electrons, perSpin[0]! - perSpin[1]!);
}

function addNotes(session: Session, ground: Ground, gap: PlanewaveOutput['gap']): void {
  const { input, setup, notes } = session;
  if (ground.scf && !ground.converged) notes.push(adviceOnConvergence(session, ground.scf));
  if (input.occupations.scheme === 'fixed' && gap.kind === 'metal' && input.task !== 'single-shot')
    notes.push(
      'Occupied and empty bands overlap on the mesh: this is a metal, of which fixed occupations do not give the ground state. Choose a smearing.',
    );
  const topOccupation = Math.max(...ground.occupations.flat().map((bands) => bands[bands.length - 1]!));
  if (input.occupations.scheme !== 'fixed' && topOccupation > 1e-3)
    notes.push(
      `The highest of the ${setup.bandCount} bands is filled to ${topOccupation.toPrecision(2)}: ask for more bands, or states are missing.`,
    );
}

/** Why the cycle may not have ended, told from how its residual went, and what to try. */
function adviceOnConvergence({ input }: Session, { iterations }: NonNullable<Ground['scf']>): string {
  const residuals = iterations.map(({ residual }) => residual);
  const [first, last] = [residuals[0]!, residuals[residuals.length - 1]!];
  const earlier = residuals[Math.max(0, residuals.length - 11)]!;
  const isFalling = last < 0.3 * earlier;
  const what = `The self-consistent cycle did not converge in ${iterations.length} iterations: its residual went from ${first.toExponential(1)} to ${last.toExponential(1)} Ha.`;
  if (isFalling) return `${what} It was still falling: allow more iterations.`;
  const tries = [
    ...(input.occupations.scheme === 'fixed'
      ? ['a smearing, since the material may be a metal']
      : ['a wider smearing']),
    `a smaller mixing fraction than ${input.scf.mixingFraction}`,
    ...(input.spin.kind === 'collinear' ? ['other initial moments'] : []),
  ];
  return `${what} It no longer falls: try ${tries.join(', or ')}; and look whether atoms are too close to each other.`;
}
