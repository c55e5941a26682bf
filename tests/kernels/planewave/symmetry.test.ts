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

const rutile = {
  ...base,
  structure: {
    cellAngstrom: [
      [4.7, 0, 0],
      [0, 4.7, 0],
      [0, 0, 3.2],
    ],
    sites: [
      { element: 'Sn', fractional: [0, 0, 0] },
      { element: 'Sn', fractional: [0.5, 0.5, 0.5] },
      { element: 'O', fractional: [0.306, 0.306, 0] },
      { element: 'O', fractional: [0.694, 0.694, 0] },
      { element: 'O', fractional: [0.194, 0.806, 0.5] },
      { element: 'O', fractional: [0.806, 0.194, 0.5] },
    ],
  },
} satisfies PlanewaveInput;
const wurtzite = {
  ...base,
  structure: {
    cellAngstrom: [
      [3.11, 0, 0],
      [-1.555, 1.555 * Math.sqrt(3), 0],
      [0, 0, 4.98],
    ],
    sites: [
      { element: 'Al', fractional: [1 / 3, 2 / 3, 0] },
      { element: 'Al', fractional: [2 / 3, 1 / 3, 0.5] },
      { element: 'N', fractional: [1 / 3, 2 / 3, 0.382] },
      { element: 'N', fractional: [2 / 3, 1 / 3, 0.882] },
    ],
  },
} satisfies PlanewaveInput;

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

  it.each([
    ['rutile', rutile, [2, 2, 3], [0, 0, 0]],
    ['rutile, shifted', rutile, [2, 2, 2], [0.5, 0.25, 0.5]],
    ['wurtzite', wurtzite, [3, 3, 2], [0, 0, 0]],
    ['wurtzite, shifted', wurtzite, [2, 2, 2], [0.5, 0.5, 0.25]],
  ] as const)(
    'is a matter of time only on %s: the grid chosen follows the crystal with and without it',
    async (_, crystal, mesh, shift) => {
      const input = { ...crystal, kpoints: { mesh: [...mesh], shift: [...shift] } } as PlanewaveInput;
      const reduced = await runEngine(input);
      const full = await runEngine({ ...input, symmetry: false });
      expect(reduced.eigenvalues.kpoints.length).toBeLessThan(full.eigenvalues.kpoints.length);
      expect(full.resolved).toMatchObject({ fftGrid: reduced.resolved.fftGrid, symmetryOperations: 1 });
      expect(Math.abs(full.energyHartree! - reduced.energyHartree!)).toBeLessThan(1e-8);
    },
  );

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
