import { describe, expect, it } from 'vitest';
import { decodeNpy } from '@/kernels/core/npy';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { createMemoryStores } from './memory-stores';
import { readCube } from './read-cube';
import { runEngine, silicon } from './run-engine';

const base = {
  structure: silicon,
  functional: 'lda-pw92',
  cutoffHartree: 10,
  kpoints: { mesh: [4, 4, 4] },
} satisfies Partial<PlanewaveInput>;

describe('effective masses', () => {
  it("are silicon's, each branch of the valence edge by itself", async () => {
    const line = (from: number[], to: number[], labels: [string, string]) =>
      Array.from({ length: 21 }, (_, i) => ({
        fractional: from.map((x, axis) => x + ((to[axis]! - x) * i) / 20) as [number, number, number],
        ...(i === 0 ? { label: labels[0] } : i === 20 ? { label: labels[1] } : {}),
      }));
    const { effectiveMasses, gap } = await runEngine({
      ...{ ...base, cutoffHartree: 15, task: 'bands' },
      bands: {
        kpoints: [
          ...line([0.5, 0.5, 0.5], [0, 0, 0], ['L', 'Γ']),
          ...line([0, 0, 0], [0.5, 0, 0.5], ['Γ', 'X']).slice(1),
        ],
      },
    });
    expect(gap.kind).toBe('indirect');
    const towardsX = effectiveMasses!.filter(({ towards, edge }) => towards === 'X' && edge === 'valence');
    expect(towardsX).toHaveLength(3);
    // LDA without spin-orbit coupling (Yu and Cardona, Fundamentals of Semiconductors: 0.26 and 0.18 along [100] from k.p theory).
    const masses = towardsX.map(({ mass }) => -mass).sort((a, b) => b - a);
    expect(masses[0]).toBeCloseTo(masses[1]!, 3);
    expect(masses[0]).toBeGreaterThan(0.24);
    expect(masses[0]).toBeLessThan(0.3);
    expect(masses[2]).toBeGreaterThan(0.15);
    expect(masses[2]).toBeLessThan(0.21);
    // The longitudinal electron mass: experiment 0.92 (cyclotron resonance), LDA 0.93 to 0.98.
    const electron = effectiveMasses!.filter(({ edge }) => edge === 'conduction');
    expect(electron.length).toBeGreaterThan(0);
    for (const { mass } of electron) {
      expect(mass).toBeGreaterThan(0.85);
      expect(mass).toBeLessThan(1.1);
    }
  });
});

describe('volumes', () => {
  it('hold the electrons, the potential and orbitals, as cube and npy alike', async () => {
    const stores = createMemoryStores();
    const output = await runEngine(
      {
        ...{ ...base, task: 'scf', kpoints: { mesh: [2, 2, 2] } },
        volumes: {
          to: 'fields',
          quantities: [
            { quantity: 'density' },
            { quantity: 'local-potential' },
            { quantity: 'orbital', band: 0 },
            { quantity: 'orbital', band: 3, kpoint: [0.5, 0.5, 0.5] },
            { quantity: 'orbital', band: 1, kpoint: [0.1, 0.2, 0.3] },
          ],
        },
      },
      { arrays: stores.open },
    );
    const files = stores.folders.get('fields')!;
    const volume = 2 * (5.431 / 2 / 0.529177210903) ** 3;
    const sums = output.volumes!.map(({ npy, cube }) => {
      const { data, shape } = decodeNpy(files.get(npy)!);
      const text = readCube(new TextDecoder().decode(files.get(cube)));
      expect(text.grid).toEqual(shape);
      data.forEach((value, i) => {
        if (i % 97 === 0) expect(Math.abs(text.values[i]! - value)).toBeLessThan(1e-5 * Math.abs(value) + 1e-12);
      });
      return (Array.from(data).reduce((sum, x) => sum + Math.abs(x), 0) * volume) / data.length;
    });
    expect(sums[0]).toBeCloseTo(8, 6);
    for (const norm of sums.slice(2)) expect(norm).toBeCloseTo(1, 6);
    // The lowest band at Gamma has no node; the highest valence band at L has, and its sign is kept; in between there is none to keep.
    expect(output.volumes![2]!.minimum).toBeGreaterThanOrEqual(0);
    expect(output.volumes![3]!.minimum).toBeLessThan(-0.01 * output.volumes![3]!.maximum);
    expect(output.volumes![4]!.minimum).toBeGreaterThanOrEqual(0);
  });

  it('come from a saved density with task volumes, and refuse a spin density without spin', async () => {
    const stores = createMemoryStores();
    const scf = { ...base, kpoints: { mesh: [2, 2, 2] as [number, number, number] } };
    await runEngine({ ...scf, task: 'scf', save: { to: 'density' } }, { arrays: stores.open });
    const task: PlanewaveInput = { ...scf, task: 'volumes', start: { from: 'density' } };
    const output = await runEngine(
      { ...task, volumes: { to: 'fields', quantities: [{ quantity: 'density' }] } },
      { arrays: stores.open },
    );
    expect(output.iterations).toHaveLength(0);
    expect(output.volumes![0]!.maximum).toBeGreaterThan(0.05);
    await expect(
      runEngine(
        { ...task, volumes: { to: 'fields', quantities: [{ quantity: 'spin-density' }] } },
        { arrays: stores.open },
      ),
    ).rejects.toMatchObject({ code: 'volume-without-spin' });
  });
});

describe('a single shot', () => {
  it('gives bands and Fermi level of superposed atoms, near those of the converged crystal, and no energy', async () => {
    const shot = await runEngine({ ...base, task: 'single-shot' });
    expect(shot.converged).toBe(true);
    expect(shot.energyHartree).toBeNull();
    expect(shot.iterations).toHaveLength(0);
    // min(orbitals = 8, max(4 + 4, 5)) bands.
    expect(shot.resolved.bands).toBe(8);
    const scf = await runEngine({ ...base, task: 'scf' });
    const width = (o: typeof scf) => o.eigenvalues.valuesHartree[0]![0]![3]! - o.eigenvalues.valuesHartree[0]![0]![0]!;
    expect(Math.abs(width(shot) - width(scf))).toBeLessThan(0.03);
    const filling = shot.eigenvalues.occupations![0]!.reduce(
      (sum, bands, k) => sum + 2 * shot.eigenvalues.kpoints[k]!.weight * bands.reduce((a, b) => a + b, 0),
      0,
    );
    expect(filling).toBeCloseTo(8, 8);
  });
});

describe('sites', () => {
  it('share the electrons by the partition of Hirshfeld', async () => {
    const { sites, siteMethod } = await runEngine({ ...base, task: 'scf', kpoints: { mesh: [2, 2, 2] } });
    expect(siteMethod).toBe('hirshfeld');
    expect(sites!.map(({ charge }) => charge)[0]).toBeCloseTo(4, 4);
    expect(sites!.every(({ momentBohrMagneton }) => momentBohrMagneton === 0)).toBe(true);
  });
});
