import type { Property } from '../property';
import { defaultBandsSettings } from './defaults';
import { type BandsResults, type BandsSettings, bandsResultsSchema, bandsSettingsSchema } from './schema';

export const bands: Property<BandsSettings, BandsResults> = {
  id: 'bands',
  title: 'Electronic bands',
  description:
    'The energies of the electrons along a path through the Brillouin zone, with the band gap and where it is.',
  needs: 'a self-consistent density',
  settings: bandsSettingsSchema,
  defaults: ({ protocol }) => defaultBandsSettings(protocol),
  jobs: ({ settings, path }) => {
    if (!path) throw new Error('bands without a path');
    const { points, segments, note } = path;
    // Calculations from before there were projections had none.
    const { count, projections } = bandsSettingsSchema.parse({ projections: false, ...settings });
    return [
      {
        name: 'bands-path',
        title: 'Energies along the path',
        task: { kind: 'bands', points, segments, note, count, projections },
      },
    ];
  },
  results: bandsResultsSchema,
  guide: `The path and its labels follow Hinuma et al., Comput. Mater. Sci. 128, 140 (2017), converted to the cell of your structure.
Where projections are kept, bands can be drawn by the element, site or orbital that they are made of (fat bands).
The zero of energy is the valence band maximum of an insulator and the Fermi level of a metal.
Density-functional gaps with LDA, PBE and PBEsol are usually 30 to 50 % too small.`,
};
