import { isotropic } from '@/kernels/mechanics/deform';
import { atRest } from '../at-rest';
import type { Property } from '../property';
import { combineVolumes } from './combine';
import { defaultEosSettings } from './defaults';
import { type EosResults, type EosSettings, eosResultsSchema, eosSettingsSchema } from './schema';

export const eos: Property<EosSettings, EosResults> = {
  id: 'eos',
  title: 'Equation of state',
  description: 'The energy at several volumes: the volume at rest, the bulk modulus, and how it grows under pressure.',
  needs: 'a self-consistent density',
  settings: eosSettingsSchema,
  defaults: ({ protocol }) => defaultEosSettings(protocol),
  jobs: ({ settings }) => {
    const { count, range, relaxAtoms } = eosSettingsSchema.parse(settings);
    return Array.from({ length: count }, (_, i) => {
      const factor = 1 + range * ((2 * i) / (count - 1) - 1);
      return {
        name: `eos-${i + 1}`,
        title: `At ${Number((100 * factor).toFixed(2))} % of the volume`,
        task: relaxAtoms ? atRest : { kind: 'scf' as const },
        deformation: isotropic(factor),
      };
    });
  },
  combination: { title: 'Fit of the equation of state', of: combineVolumes },
  results: eosResultsSchema,
  guide: `At every volume the cell keeps its shape; where asked for, the atoms in it come to rest. Relax atoms and cell first: the curve is then centred on its minimum.
The curve is the equation of state of third order of Birch and Murnaghan. The pressures that follow from it stand beside those from the stress of each calculation: where the two part ways the cutoff is too low.
Where the shape of the cell changes with pressure, as in layered crystals, the bulk modulus at kept shape is too large.`,
};
