import { atomicDensitiesOnGrid, hirshfeldSites } from '../observables/hirshfeld';
import type { PlanewaveOutput } from '../schema';
import type { Session } from '../session';
import type { Ground } from './ground-state';

/** Of a cell with more sites the partition takes longer than it tells. */
const MOST_SITES = 200;

/** Electrons and moment of every site by Hirshfeld's partition; with spin the magnetisation of the cell. */
export function magnetisationOf(
  { grid, setup, atoms, notes }: Session,
  { density, scf }: Ground,
): Pick<PlanewaveOutput, 'totalMagnetisation' | 'absoluteMagnetisation' | 'sites' | 'siteMethod'> {
  const densities = grid.allToReal(density);
  const { system } = setup;
  const sites =
    scf && system.positions.length <= MOST_SITES
      ? {
          sites: hirshfeldSites({
            densities,
            volume: system.lattice.volume,
            electrons: system.speciesOf.map((species) => system.species[species]!.valence),
            atomicDensity: atomicDensitiesOnGrid(
              system,
              grid,
              atoms.map(({ densityAt }) => densityAt),
            ),
          }),
          siteMethod: 'hirshfeld' as const,
        }
      : {};
  const [up, down] = densities as [Float64Array, Float64Array | undefined];
  if (!down) return sites;
  const scale = system.lattice.volume / grid.points;
  let [total, absolute] = [0, 0];
  for (let i = 0; i < grid.points; i++) {
    total += up[i]! - down[i]!;
    absolute += Math.abs(up[i]! - down[i]!);
  }
  const started = Math.max(...system.initialMoments.map(Math.abs));
  if (scf && started > 0.1 && absolute * scale < 0.02 * system.positions.length)
    notes.push(
      'The initial moments have vanished: the state that was found is not magnetic. Larger ones, or another order of them, may lead to a magnetic one, if there is one.',
    );
  return { ...sites, totalMagnetisation: total * scale, absoluteMagnetisation: absolute * scale };
}
