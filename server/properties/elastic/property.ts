import { strained } from '@/kernels/mechanics/elastic';
import { voigtNames } from '@/kernels/mechanics/voigt';
import { atRest } from '../at-rest';
import type { Property } from '../property';
import { combineStrains } from './combine';
import { defaultElasticSettings } from './defaults';
import { type ElasticResults, type ElasticSettings, elasticResultsSchema, elasticSettingsSchema } from './schema';

export const elastic: Property<ElasticSettings, ElasticResults> = {
  id: 'elastic',
  title: 'Elastic constants',
  description: 'The stress under small strains: stiffness, moduli, sound, and whether the crystal is stable.',
  needs: 'a self-consistent density',
  settings: elasticSettingsSchema,
  defaults: defaultElasticSettings,
  jobs: ({ settings, strains }) => {
    const { amplitude, relaxAtoms } = elasticSettingsSchema.parse(settings);
    if (!strains) throw new Error('elastic constants without strains');
    return strains.indices.flatMap((index) =>
      [amplitude, -amplitude].map((signed) => ({
        name: `elastic-${voigtNames[index]}-${signed > 0 ? 'up' : 'down'}`,
        title: `Strain ${voigtNames[index]} of ${signed > 0 ? '+' : '−'}${Number((100 * amplitude).toFixed(4))} %`,
        task: relaxAtoms ? atRest : { kind: 'scf' as const },
        deformation: strained(index!, signed),
      })),
    );
  },
  combination: { title: 'Elastic constants from stresses', of: combineStrains },
  results: elasticResultsSchema,
  guide: `The crystal is strained a little along as few ways as its symmetry asks for, up and down; half the difference of the two stresses, divided by the strain, gives the constants. The atoms come to rest in each strained cell: kept in place they give those of a frozen crystal.
The constants are those of the crystal without stress: relax atoms and cell first. In the notation of Voigt 1 to 6 stand for xx, yy, zz, yz, xz and xy, along the cartesian axes of the cell as it is given.
Moduli are those of a polycrystal of such grains: equal strain in all (Voigt), equal stress (Reuss), and their mean (Hill).`,
};
