import type { VolumesSettings } from './schema';

export const defaultVolumesSettings = (): VolumesSettings => ({
  density: true,
  spinDensity: false,
  localPotential: false,
  orbitals: [],
});
