import type { Property } from '../property';
import { defaultDosSettings } from './defaults';
import { type DosResults, type DosSettings, dosResultsSchema, dosSettingsSchema } from './schema';

export const dos: Property<DosSettings, DosResults> = {
  id: 'dos',
  title: 'Density of states',
  description: 'How many electronic states there are at each energy, from a mesh denser than that of the density.',
  needs: 'a self-consistent density',
  settings: dosSettingsSchema,
  defaults: ({ protocol, electronicType }) => defaultDosSettings(protocol, electronicType),
  tasks: ['dos'],
  results: dosResultsSchema,
  guide: `Linear tetrahedra need no broadening and show band edges sharply; they want a dense mesh.
Gaussian broadening is smooth on coarse meshes and blurs edges by its width.`,
};
