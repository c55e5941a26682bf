import type { PropertyId } from '@/server/properties/ids';
import { bandsPanels } from './bands/panels';
import { dosPanels } from './dos/panels';
import { elasticPanels } from './elastic/panels';
import { eosPanels } from './eos/panels';
import { exfoliationPanels } from './exfoliation/panels';
import type { PropertyPanels } from './panels';
import { relaxPanels } from './relax/panels';
import { volumesPanels } from './volumes/panels';

/** The panels of every property, in the order in which they are shown. */
export const propertyPanels: Record<PropertyId, PropertyPanels> = {
  relax: relaxPanels,
  bands: bandsPanels,
  dos: dosPanels,
  volumes: volumesPanels,
  eos: eosPanels,
  elastic: elasticPanels,
  exfoliation: exfoliationPanels,
};
