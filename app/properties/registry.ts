import type { PropertyId } from '@/server/properties/ids';
import { bandsPanels } from './bands/panels';
import { dosPanels } from './dos/panels';
import type { PropertyPanels } from './panels';

/** The panels of every property, in the order in which they are shown. */
export const propertyPanels = { bands: bandsPanels, dos: dosPanels } satisfies Record<PropertyId, PropertyPanels>;
