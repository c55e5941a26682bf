import { atRest } from '../at-rest';
import type { Property } from '../property';
import { combineLayers } from './combine';
import { defaultExfoliationSettings } from './defaults';
import {
  type ExfoliationResults,
  type ExfoliationSettings,
  exfoliationResultsSchema,
  exfoliationSettingsSchema,
} from './schema';

export const exfoliation: Property<ExfoliationSettings, ExfoliationResults> = {
  id: 'exfoliation',
  title: 'Exfoliation energy',
  description: 'What it takes to pull a layered crystal apart into single layers, and whether that is easy.',
  needs: 'a self-consistent density',
  settings: exfoliationSettingsSchema,
  defaults: () => defaultExfoliationSettings,
  jobs: ({ settings, layers = [] }) =>
    layers.map((layer, i) => ({
      name: `exfoliation-layer-${i + 1}`,
      title: layers.length > 1 ? `Single layer, kind ${i + 1}` : 'Single layer',
      task: exfoliationSettingsSchema.parse(settings).relaxLayers ? atRest : { kind: 'scf' as const },
      layer,
    })),
  combination: { title: 'Energy between the layers', takesDensity: true, of: combineLayers },
  results: exfoliationResultsSchema,
  guide: `The energy of the single layers less that of the crystal, by the area of all layers. Atoms that are nearer than 1.3 times the sum of their covalent radii hold together; what remains bonded in two directions is a layer.
The functionals alone do not bind layers: choose a dispersion. The limits of easy and of possible exfoliation were set for rVV10 and vdW-DF2-C09, which Quantum ESPRESSO has (Mounet et al., Nat. Nanotechnol. 13, 246 (2018)); for others no verdict is given.
The distance of the layers decides: relax atoms and cell first, with the same dispersion.`,
};
