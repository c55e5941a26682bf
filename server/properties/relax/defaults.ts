import type { Protocol } from '@/server/schemas/settings';
import type { RelaxSettings } from './schema';

/** Of the Quantum ESPRESSO app's protocols (aiida-quantumespresso: 1e-3, 1e-4 and 0.5e-4 Ry/bohr), in two digits. */
const forceToleranceEvPerAngstrom: Record<Protocol, number> = { fast: 0.026, balanced: 0.0026, stringent: 0.0013 };

export function defaultRelaxSettings(protocol: Protocol): RelaxSettings {
  return {
    cell: 'fixed',
    pressureGpa: 0,
    forceToleranceEvPerAngstrom: forceToleranceEvPerAngstrom[protocol],
    maxSteps: 50,
    fixed: [],
  };
}
