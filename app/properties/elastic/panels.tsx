import type { PropertyPanels } from '../panels';
import { ElasticResults } from './Results';
import { ElasticSettings } from './Settings';
import { ElasticSketch } from './Sketch';

export const elasticPanels: PropertyPanels = {
  title: 'Elastic constants',
  sentence: 'The stress under small strains: stiffness, moduli, sound, and whether the crystal is stable.',
  needs: 'A crystal whose cell is relaxed',
  example: () => <ElasticSketch />,
  Settings: ElasticSettings,
  Results: ElasticResults,
};
