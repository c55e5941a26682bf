import type { VolumeRequest } from '@/server/engines/engine';
import type { Property } from '../property';
import { defaultVolumesSettings } from './defaults';
import { type VolumesResults, type VolumesSettings, volumesResultsSchema, volumesSettingsSchema } from './schema';

export const volumes: Property<VolumesSettings, VolumesResults> = {
  id: 'volumes',
  title: 'Densities and orbitals',
  description: 'Where the electrons are: the density, the spin density, the potential and single orbitals in 3D.',
  needs: 'a self-consistent density',
  settings: volumesSettingsSchema,
  defaults: defaultVolumesSettings,
  jobs: ({ settings }) => [
    {
      name: 'volumes-fields',
      title: 'Fields in space',
      task: { kind: 'volumes', quantities: requestsOf(volumesSettingsSchema.parse(settings)) },
    },
  ],
  results: volumesResultsSchema,
  guide: `Every field is kept as a Gaussian cube file, which VESTA and most other programs open, and drawn here as surfaces of equal value.
Valence electrons only: with pseudopotentials the density near the nuclei is not that of all electrons.
An orbital is drawn with its sign at Γ and at the borders of the zone, where it can be made real; elsewhere as its square.`,
};

export function requestsOf({ density, spinDensity, localPotential, orbitals }: VolumesSettings): VolumeRequest[] {
  return [
    ...(density ? [{ quantity: 'density' as const }] : []),
    ...(spinDensity ? [{ quantity: 'spin-density' as const }] : []),
    ...(localPotential ? [{ quantity: 'local-potential' as const }] : []),
    ...orbitals.map(({ kpoint, band }) => ({ quantity: 'orbital' as const, kpoint, band })),
  ];
}
