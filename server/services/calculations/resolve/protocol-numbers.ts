import type { Protocol } from '@/server/schemas/settings';

/**
 * Accuracy by protocol, as the Quantum ESPRESSO app's users know them (aiida-quantumespresso, protocols of pw; widths and
 * thresholds there in Ry, here halved to Ha).
 */
export const protocolNumbers: Record<
  Protocol,
  {
    /** Mesh distance, 1/angstrom with 2 pi. Insulators take twice as much. */
    kDistancePerAngstrom: number;
    /** Of cold smearing. */
    widthHartree: number;
    energyToleranceHartreePerAtom: number;
    /** Of the real-space grid for functionals with a gradient. */
    gridScale: number;
  }
> = {
  fast: { kDistancePerAngstrom: 0.3, widthHartree: 0.01375, energyToleranceHartreePerAtom: 2e-10, gridScale: 1 },
  balanced: { kDistancePerAngstrom: 0.15, widthHartree: 0.01, energyToleranceHartreePerAtom: 1e-10, gridScale: 1.25 },
  stringent: { kDistancePerAngstrom: 0.1, widthHartree: 0.00625, energyToleranceHartreePerAtom: 5e-11, gridScale: 1.5 },
};
