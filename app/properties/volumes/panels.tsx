import type { PropertyPanels } from '../panels';
import { VolumesChoice } from './Choice';
import { VolumesResults } from './Results';
import { VolumesSketch } from './Sketch';

export const volumesPanels: PropertyPanels = {
  title: 'Densities and orbitals',
  sentence: 'Where the electrons are: density, spin density, potential and single orbitals, in 3D and as files.',
  needs: 'A self-consistent density, computed first',
  example: () => <VolumesSketch />,
  Choice: VolumesChoice,
  // All of its settings stand below the cards.
  Settings: () => null,
  Results: VolumesResults,
};
