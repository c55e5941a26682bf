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
  jobs: ({ settings, mesh }) => {
    if (!mesh) throw new Error('a density of states without a mesh');
    // Calculations from before there were projections had none.
    const kept = dosSettingsSchema.parse({ projections: false, ...settings });
    const { method, widthEv, stepEv, count, projections } = kept;
    return [
      {
        name: 'dos-mesh',
        title: 'Energies on the mesh',
        task: { kind: 'dos', mesh: mesh.value, method, widthEv, stepEv, count, projections },
      },
    ];
  },
  results: dosResultsSchema,
  guide: `Linear tetrahedra need no broadening and show band edges sharply; they want a dense mesh.
With projections the curve is shared among elements, sites and orbitals; what lies between the atoms is in none of them.
Gaussian broadening is smooth on coarse meshes and blurs edges by its width.`,
};
