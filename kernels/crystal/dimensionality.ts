import { bondedParts } from './bonded-parts';
import type { Structure } from './schema';

/**
 * In how many directions the atoms are bonded without end: 3 a framework, 2 layers, 1 chains, 0 molecules; the largest of all bonded parts.
 */
export function bondedDimensions(structure: Structure): 0 | 1 | 2 | 3 {
  return Math.max(0, ...bondedParts(structure).map(({ vectors }) => vectors.length)) as 0 | 1 | 2 | 3;
}
