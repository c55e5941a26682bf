import { EV_PER_ANGSTROM3_GPA } from '@/kernels/core/constants';
import { KernelError } from '@/kernels/core/errors';
import { cellVolume } from '@/kernels/crystal/cell';
import { deform } from '@/kernels/mechanics/deform';
import { fitEquationOfState } from '@/kernels/mechanics/equation-of-state';
import type { CombinedInput, PropertyJob } from '../property';
import { resultOfJob } from '../result-of-job';
import type { EosResults } from './schema';

/** The energies at all volumes, and the equation of state through them. */
export function combineVolumes(
  jobs: readonly PropertyJob[],
  results: ReadonlyMap<string, unknown>,
  { structure }: CombinedInput,
): EosResults {
  const points = jobs.map((job) => {
    const { scf, converged } = resultOfJob(job, results);
    return {
      volumeAngstrom3: cellVolume(deform(structure, job.deformation!).cellAngstrom!),
      energyEv: scf.energyZeroWidthEv ?? scf.energyEv,
      pressureGpa: scf.pressureGpa ?? null,
      converged,
    };
  });
  return { atoms: structure.sites.length, points, ...fitOf(points) };
}

function fitOf(points: EosResults['points']): Pick<EosResults, 'fit' | 'note'> {
  const known = points.flatMap(({ volumeAngstrom3: volume, energyEv: energy }) =>
    energy === null ? [] : [{ volume, energy }],
  );
  try {
    const { volume, energy, bulkModulus, bulkModulusDerivative, residual } = fitEquationOfState(known);
    const volumes = known.map((point) => point.volume);
    const isOutside = volume < Math.min(...volumes) || volume > Math.max(...volumes);
    return {
      fit: {
        volumeAngstrom3: volume,
        energyEv: energy,
        bulkModulusGpa: bulkModulus * EV_PER_ANGSTROM3_GPA,
        bulkModulusDerivative,
        residualEv: residual,
      },
      note: isOutside
        ? 'The volume at rest lies outside the volumes that were computed: relax the cell first, or widen the range.'
        : null,
    };
  } catch (err) {
    if (!(err instanceof KernelError)) throw err;
    return { fit: null, note: `${err.message} Relax the cell first, or widen the range.` };
  }
}
