import { BandsDrawing } from '../../plot/Sketch';
import type { PropertyPanels } from '../panels';
import { BandsResults } from './Results';
import { BandsSettings } from './Settings';

export const bandsPanels: PropertyPanels = {
  title: 'Electronic bands',
  sentence: 'Energies of the electrons along a path through the Brillouin zone, with the band gap and where it is.',
  needs: 'A self-consistent density, computed first',
  example: ({ properties: { bands } }) => bands && <BandsDrawing bands={bands} />,
  Settings: BandsSettings,
  Results: BandsResults,
};
