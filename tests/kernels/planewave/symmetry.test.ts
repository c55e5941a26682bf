import { describe, expect, it } from 'vitest';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { runEngine, silicon } from './run-engine';

const base: PlanewaveInput = {
  task: 'scf',
  structure: silicon,
  functional: 'lda-pw92',
  cutoffHartree: 8,
  kpoints: { mesh: [2, 2, 2] },
};

describe('symmetry', () => {
  it('changes nothing on a non-symmorphic crystal: reduced and full meshes agree to 1e-8 Ha', async () => {
    const reduced = await runEngine(base);
    const timeReversal = await runEngine({ ...base, symmetry: false });
    const full = await runEngine({ ...base, symmetry: false, timeReversal: false });
    expect(reduced.resolved).toMatchObject({ irreducibleKpoints: 3, symmetryOperations: 48, spaceGroupNumber: 227 });
    expect(timeReversal.resolved.irreducibleKpoints).toBe(8);
    expect(full.resolved.irreducibleKpoints).toBe(8);
    // The grid of the reduced run is a multiple of 4 for the quarter translations; the others must use the same one.
    const grid = reduced.resolved.fftGrid;
    const same = await runEngine({ ...base, symmetry: false, timeReversal: false, fftGrid: grid });
    expect(Math.abs(same.energyHartree! - reduced.energyHartree!)).toBeLessThan(1e-8);
    expect(full.converged && timeReversal.converged).toBe(true);
  });

  it('drops operations that break a shifted mesh, and says so', async () => {
    const shifted = await runEngine({ ...base, kpoints: { mesh: [2, 2, 2], shift: [0.5, 0.5, 0.5] } });
    const grid = shifted.resolved.fftGrid;
    const full = await runEngine({
      ...base,
      kpoints: { mesh: [2, 2, 2], shift: [0.5, 0.5, 0.5] },
      symmetry: false,
      timeReversal: false,
      fftGrid: grid,
    });
    expect(shifted.resolved.symmetryOperations).toBeLessThan(48);
    expect(shifted.notes.join(' ')).toMatch(/Gamma-centred/);
    expect(Math.abs(shifted.energyHartree! - full.energyHartree!)).toBeLessThan(1e-8);
  });
});
