import type { Protocol } from '@/server/schemas/settings';
import type { BandsSettings } from './schema';

/** Path steps of the Quantum ESPRESSO app's protocols (aiida-quantumespresso, 2 pi included). */
const stepPerAngstrom: Record<Protocol, number> = { fast: 0.1, balanced: 0.025, stringent: 0.015 };

export function defaultBandsSettings(protocol: Protocol): BandsSettings {
  return { stepPerAngstrom: stepPerAngstrom[protocol], count: null, projections: true };
}
