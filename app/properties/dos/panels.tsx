import { DosDrawing } from '../../plot/Sketch';
import type { PropertyPanels } from '../panels';
import { DosResults } from './Results';
import { DosSettings } from './Settings';

export const dosPanels: PropertyPanels = {
  title: 'Density of states',
  sentence: 'How many states there are at each energy, from a mesh denser than that of the density.',
  needs: 'A self-consistent density, computed first',
  example: ({ properties: { dos } }) => dos && <DosDrawing dos={dos} />,
  Settings: DosSettings,
  Results: DosResults,
};
