import { formula } from '@/kernels/crystal/formula';
import { cross, norm } from '@/kernels/crystal/linear';
import type { Structure } from '@/kernels/crystal/schema';
import type { Dispersion } from '@/server/schemas/settings';
import { densityJob } from '../density-job';
import type { CombinedInput, PropertyJob } from '../property';
import { resultOfJob } from '../result-of-job';
import type { ExfoliationResults } from './schema';

/** Below them, in meV/angstrom^2, layers come off easily, by functional; below the last at all (Mounet et al., Nat. Nanotechnol. 13, 246 (2018)). */
const EASY_BELOW: Partial<Record<Dispersion, number>> = { 'vdw-df2-c09': 30, rvv10: 35 };
const POSSIBLE_BELOW = 120;

/** The energy of the layers alone less that of the crystal, by the area of all layers of its cell. */
export function combineLayers(
  jobs: readonly PropertyJob[],
  results: ReadonlyMap<string, unknown>,
  { structure, calculation: { dispersion } }: CombinedInput,
): ExfoliationResults {
  const crystal = resultOfJob(densityJob, results);
  const layers = jobs.map((job) => {
    const { scf, converged } = resultOfJob(job, results);
    const { structure: layer, copies } = job.layer!;
    return {
      ...{ formula: formula(layer), atoms: layer.sites.length, copies },
      areaAngstrom2: areaOf(layer),
      energyEv: scf.energyZeroWidthEv ?? scf.energyEv,
      converged,
    };
  });
  const crystalEnergyEv = crystal.scf.energyZeroWidthEv ?? crystal.scf.energyEv;
  const areaAngstrom2 = layers.reduce((sum, layer) => sum + layer.copies * layer.areaAngstrom2, 0);
  const apart = layers.reduce<number | null>(
    (sum, { copies, energyEv }) => (sum === null || energyEv === null ? null : sum + copies * energyEv),
    0,
  );
  const energyEv = apart === null || crystalEnergyEv === null ? null : apart - crystalEnergyEv;
  const perArea = energyEv === null ? null : (1000 * energyEv) / areaAngstrom2;
  const easyBelow = EASY_BELOW[dispersion] ?? null;
  return {
    ...{ atoms: structure.sites.length, crystalEnergyEv, layers, areaAngstrom2, dispersion },
    energyMevPerAngstrom2: perArea,
    energyMevPerAtom: energyEv === null ? null : (1000 * energyEv) / structure.sites.length,
    limits: easyBelow === null ? null : { easyBelow, possibleBelow: POSSIBLE_BELOW },
    verdict: perArea === null || easyBelow === null ? null : verdictOf(perArea, easyBelow),
    converged: crystal.converged && layers.every((layer) => layer.converged),
  };
}

function verdictOf(perArea: number, easyBelow: number): NonNullable<ExfoliationResults['verdict']> {
  if (perArea < easyBelow) return 'easily';
  return perArea < POSSIBLE_BELOW ? 'potentially' : 'hardly';
}

function areaOf({ cellAngstrom }: Structure): number {
  const [a, b] = cellAngstrom!;
  return norm(cross(a, b));
}
