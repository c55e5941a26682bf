import type { ExfoliationSettings } from './schema';

/** As Mounet et al., Nat. Nanotechnol. 13, 246 (2018): the layers keep the geometry that they have in the crystal. */
export const defaultExfoliationSettings: ExfoliationSettings = { relaxLayers: false };
