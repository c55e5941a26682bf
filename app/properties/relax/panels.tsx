import type { PropertyPanels } from '../panels';
import { RelaxChoice } from './Choice';
import { RelaxResults } from './Results';
import { RelaxSettings } from './Settings';
import { RelaxSketch } from './Sketch';

export const relaxPanels: PropertyPanels = {
  title: 'Relaxed geometry',
  sentence: 'Moves the atoms, and the cell where asked for, until no force is left. All else is computed there.',
  needs: 'It runs first',
  example: () => <RelaxSketch />,
  Choice: RelaxChoice,
  Settings: RelaxSettings,
  Results: RelaxResults,
  app: {
    name: 'equation-of-state',
    sentence: 'Its equation of state, as an app',
    structureInput: 'crystal',
  },
};
