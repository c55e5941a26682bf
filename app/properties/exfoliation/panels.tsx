import type { PropertyPanels } from '../panels';
import { ExfoliationResults } from './Results';
import { ExfoliationSettings } from './Settings';
import { ExfoliationSketch } from './Sketch';

export const exfoliationPanels: PropertyPanels = {
  title: 'Exfoliation energy',
  sentence: 'What it takes to pull a layered crystal apart into single layers, and whether that is easy.',
  needs: 'A layered crystal and a dispersion; best after its cell was relaxed',
  example: () => <ExfoliationSketch />,
  Settings: ExfoliationSettings,
  Results: ExfoliationResults,
};
