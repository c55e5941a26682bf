import type { EngineName } from '@/server/schemas/settings';

/**
 * Failures after which a result is not taken over by other calculations, by their codes: it came to its end with something else than was
 * asked for, which the hash of its input does not tell. Those that asked for it themselves keep it.
 */
export const neverReuse: Record<EngineName, string[]> = {
  // A cycle that went astray may have settled in another state than one that begins with less mixing.
  planewave: ['energy-diverging'],
  // Without symmetry, or with larger tables than the input says.
  espresso: ['bravais', 'symmetry', 'cell-grew'],
};
