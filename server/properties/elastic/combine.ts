import { KernelError } from '@/kernels/core/errors';
import { cellVolume } from '@/kernels/crystal/cell';
import { densityGramPerCm3 } from '@/kernels/crystal/density';
import type { Matrix3, Structure } from '@/kernels/crystal/schema';
import { fitElastic, type Response, unitStrain } from '@/kernels/mechanics/elastic';
import { elasticityOf, soundOf } from '@/kernels/mechanics/moduli';
import { voigtNames } from '@/kernels/mechanics/voigt';
import type { CombinedInput, PropertyJob } from '../property';
import { resultOfJob } from '../result-of-job';
import type { ElasticResults } from './schema';
import { elasticSettingsSchema } from './schema';

/** The constants that the stresses of all strains tell, and what follows from them. */
export function combineStrains(
  jobs: readonly PropertyJob[],
  results: ReadonlyMap<string, unknown>,
  { structure, resolved }: CombinedInput,
): ElasticResults {
  const { amplitude } = elasticSettingsSchema.parse(resolved.settings);
  const { indices, rotations } = resolved.strains!;
  const ofJobs = jobs.map((job) => resultOfJob(job, results));
  const stressOf = (index: number, way: 'up' | 'down') => {
    const at = jobs.findIndex(({ name }) => name === `elastic-${voigtNames[index]}-${way}`);
    const { stressGpa } = ofJobs[at]!.scf;
    if (!stressGpa) throw new KernelError('no-stress', 'The program gave no stress.');
    return stressGpa as Matrix3;
  };
  const combined = (index: number, sign: 1 | -1): Matrix3 => {
    const [up, down] = [stressOf(index, 'up'), stressOf(index, 'down')];
    return up.map((row, i) => row.map((x, j) => (x + sign * down[i]![j]!) / 2)) as Matrix3;
  };
  const responses: Response[] = indices.map((index) => ({
    strain: unitStrain(index),
    stress: combined(index, -1).map((row) => row.map((x) => x / amplitude)) as Matrix3,
  }));
  // Halfway between the two is the crystal at rest.
  const pressures = indices.map((index) => -combined(index, 1).reduce((sum, row, i) => sum + row[i]! / 3, 0));
  const { stiffness, residual } = fitElastic(responses, rotations);
  return {
    stiffnessGpa: stiffness,
    residualGpa: residual,
    pressureGpa: pressures.reduce((sum, pressure) => sum + pressure, 0) / pressures.length,
    converged: ofJobs.every(({ converged }) => converged),
    ...consequencesOf(stiffness, structure),
  };
}

function consequencesOf(stiffness: number[][], structure: Structure): Pick<ElasticResults, 'elasticity' | 'sound'> {
  try {
    const elasticity = elasticityOf(stiffness);
    const density = densityGramPerCm3(structure);
    const atoms = structure.sites.length / cellVolume(structure.cellAngstrom!);
    const hasSound = elasticity.isStable && density !== null;
    return { elasticity, sound: hasSound ? soundOf(elasticity.hill, density, atoms) : null };
  } catch (err) {
    if (!(err instanceof KernelError)) throw err;
    return { elasticity: null, sound: null };
  }
}
