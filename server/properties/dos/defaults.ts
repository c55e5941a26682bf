import type { ElectronicType, Protocol } from '@/server/schemas/settings';
import type { DosSettings } from './schema';

/** Distances and steps of the Quantum ESPRESSO app's protocols; insulators take twice the distance. */
const distancePerAngstrom: Record<Protocol, number> = { fast: 0.5, balanced: 0.1, stringent: 0.05 };
const stepEv: Record<Protocol, number> = { fast: 0.1, balanced: 0.01, stringent: 0.01 };

export function defaultDosSettings(protocol: Protocol, electronicType: ElectronicType): DosSettings {
  return {
    method: 'tetrahedra',
    distancePerAngstrom: distancePerAngstrom[protocol] * (electronicType === 'insulator' ? 2 : 1),
    mesh: null,
    widthEv: 0.1,
    stepEv: stepEv[protocol],
    count: null,
    projections: true,
  };
}
