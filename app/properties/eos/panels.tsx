import type { PropertyPanels } from '../panels';
import { EosResults } from './Results';
import { EosSettings } from './Settings';
import { EosSketch } from './Sketch';

export const eosPanels: PropertyPanels = {
  title: 'Equation of state',
  sentence: 'The energy at several volumes: the volume at rest, the bulk modulus, and how it grows under pressure.',
  needs: 'A crystal; best after its cell was relaxed',
  example: () => <EosSketch />,
  Settings: EosSettings,
  Results: EosResults,
};
