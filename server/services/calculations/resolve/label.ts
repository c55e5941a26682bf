import { chosenProperties } from '@/server/properties/ids';
import { propertyById } from '@/server/properties/registry';
import type { DraftData } from '@/server/schemas/draft';
import { replacingFunctionals } from '@/server/schemas/settings';

const functionalNames = { 'lda-pz': 'LDA (PZ)', 'lda-pw92': 'LDA', pbe: 'PBE', pbesol: 'PBEsol' } as const;

/** `LiCoO2: bands, density of states (PBE, balanced)`. */
export function makeLabel({ properties, functional, dispersion, protocol }: DraftData, formula: string | null): string {
  const titles = chosenProperties(properties).map((id) => propertyById(id).title.toLowerCase());
  const what = titles.length > 0 ? titles.join(', ') : 'energy';
  const name = replacingFunctionals[dispersion] ?? functionalNames[functional];
  return `${formula ?? 'New calculation'}: ${what} (${name}, ${protocol})`;
}
