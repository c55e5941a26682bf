import type { PlanewaveOutput } from '@/kernels/planewave/schema';
import type { KeptOutput } from './record';

/** Of an output what the dataset keeps: no eigenvalues, no iterations. */
export function keepOutput(output: PlanewaveOutput): KeptOutput {
  const { resolved, trajectory, stressHartreePerBohr3 } = output;
  const last = trajectory?.at(-1);
  return {
    converged: output.converged,
    energyHartree: output.energyHartree,
    energyZeroWidthHartree: output.energyZeroWidthHartree,
    termsHartree: output.termsHartree as Record<string, number> | null,
    fermiHartree: output.fermiHartree,
    electrons: output.electrons,
    gap: output.gap,
    ...(last && {
      final: {
        cellAngstrom: last.cellAngstrom,
        fractional: last.fractional,
        largestForceHartreePerBohr: last.largestForceHartreePerBohr,
        pressureGpa: last.pressureGpa,
        geometries: trajectory!.length,
      },
    }),
    ...(stressHartreePerBohr3 && { stressHartreePerBohr3 }),
    spaceGroupNumber: resolved.finalSpaceGroupNumber ?? resolved.spaceGroupNumber,
    pseudopotentials: resolved.pseudopotentials,
    irreducibleKpoints: resolved.irreducibleKpoints,
    backend: resolved.backend,
    notes: output.notes,
    seconds: output.timings['total'] ?? 0,
  };
}
