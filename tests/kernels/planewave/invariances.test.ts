import { describe, expect, it } from 'vitest';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { runEngine, silicon } from './run-engine';

/** The local functional feels the grid least: at twice the smallest grid translations change the energy below 1e-6 Ha. */
const base: PlanewaveInput = {
  task: 'scf',
  structure: silicon,
  functional: 'lda-pw92',
  cutoffHartree: 6,
  kpoints: { mesh: [2, 2, 2] },
  gridScale: 1.5,
};

describe('invariances of the total energy', () => {
  it('holds under translation of all atoms', async () => {
    const here = await runEngine(base);
    const moved = await runEngine({
      ...base,
      structure: {
        ...silicon,
        sites: silicon.sites.map((site) => ({
          ...site,
          fractional: site.fractional!.map((x) => x + 0.0371) as [number, number, number],
        })),
      },
      fftGrid: here.resolved.fftGrid,
    });
    expect(Math.abs(moved.energyHartree! - here.energyHartree!)).toBeLessThan(2e-6);
  });

  it('holds under rotation of the crystal', async () => {
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const rotated = silicon.cellAngstrom!.map(([x, y, z]) => [
      c * x - s * y,
      s * x + c * y,
      z,
    ]) as PlanewaveInput['structure']['cellAngstrom'];
    const here = await runEngine(base);
    const turned = await runEngine({ ...base, structure: { ...silicon, cellAngstrom: rotated } });
    expect(Math.abs(turned.energyHartree! - here.energyHartree!)).toBeLessThan(1e-8);
  });

  it('is extensive: a supercell with the folded mesh has the same energy per cell', async () => {
    const one = await runEngine({ ...base, kpoints: { mesh: [2, 1, 1] } });
    const [a, b, d] = silicon.cellAngstrom!;
    const doubled = await runEngine({
      ...base,
      structure: {
        cellAngstrom: [[2 * a[0], 2 * a[1], 2 * a[2]], b, d],
        sites: [0, 0.5].flatMap((shift) =>
          silicon.sites.map((site) => ({
            ...site,
            fractional: [site.fractional![0] / 2 + shift, site.fractional![1], site.fractional![2]] as [
              number,
              number,
              number,
            ],
          })),
        ),
      },
      kpoints: { mesh: [1, 1, 1] },
      fftGrid: [2 * one.resolved.fftGrid[0], one.resolved.fftGrid[1], one.resolved.fftGrid[2]],
    });
    expect(Math.abs(doubled.energyHartree! / 2 - one.energyHartree!)).toBeLessThan(1e-7);
  });
});
