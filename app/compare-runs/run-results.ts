import type { CalculationResults } from '@/server/schemas/calculation';
import type { DosResult } from '@/server/schemas/results';
import { type Figure, figuresOf } from '../calculation/figures';
import { quantity } from '../format/number';

/** What a comparison shows of a calculation's results: made on the server, so that no long array travels. */
export interface RunResults {
  figures: Figure[];
  /** The total density of states by energy above its zero; null where there is none. */
  dos: Pick<DosResult, 'energiesEv' | 'statesPerEv' | 'zero'> | null;
}

export function runResults(results: CalculationResults): RunResults {
  const { dos } = results.properties;
  return {
    figures: results.scf ? [...figuresOf(results), ...propertyFigures(results)] : [],
    dos: dos
      ? {
          energiesEv: dos.energiesEv.map((energy) => energy - dos.zeroEv),
          statesPerEv: dos.statesPerEv,
          zero: dos.zero,
        }
      : null,
  };
}

const figure = (name: string, value: number | null | undefined, decimals: number, unit: string): Figure[] =>
  value === null || value === undefined
    ? []
    : [{ name, shown: quantity(value, decimals, unit), full: String(value), detail: null }];

function propertyFigures({ properties: { eos, elastic, exfoliation, relax } }: CalculationResults): Figure[] {
  const { hill } = elastic?.elasticity ?? {};
  return [
    ...(relax
      ? [{ name: 'Steps of the relaxation', shown: String(relax.trajectory.length - 1), full: null, detail: null }]
      : []),
    ...figure('Bulk modulus, equation of state', eos?.fit?.bulkModulusGpa, 1, 'GPa'),
    ...figure('Volume at rest', eos?.fit?.volumeAngstrom3, 3, 'Å³'),
    ...figure('Bulk modulus, elastic', hill?.bulk, 1, 'GPa'),
    ...figure('Shear modulus', hill?.shear, 1, 'GPa'),
    ...figure('Exfoliation energy', exfoliation?.energyMevPerAngstrom2, 1, 'meV/Å²'),
  ];
}
