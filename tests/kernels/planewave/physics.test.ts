import { describe, expect, it } from 'vitest';
import type { PlanewaveInput, PlanewaveOutput } from '@/kernels/planewave/schema';
import { createMemoryStores } from './memory-stores';
import { runEngine, silicon } from './run-engine';

describe('published values', () => {
  it("reproduces the silicon of DFTK's test (ABINIT 8, LDA, 25 Ha) in energy and in differences of eigenvalues", async () => {
    // DFTK.jl test/silicon_lda.jl (MIT): lda_x + lda_c_vwn there, PW92 here; both fit the same Monte Carlo data to about 1e-4 Ha.
    const a = 5.131570667152971 * 0.529177210903;
    const result = await runEngine({
      task: 'scf',
      structure: {
        cellAngstrom: [
          [0, a, a],
          [a, 0, a],
          [a, a, 0],
        ],
        sites: [
          { element: 'Si', fractional: [0.125, 0.125, 0.125] },
          { element: 'Si', fractional: [-0.125, -0.125, -0.125] },
        ],
      },
      functional: 'lda-pw92',
      cutoffHartree: 25,
      kpoints: {
        list: [
          { fractional: [0, 0, 0], weight: 1 },
          { fractional: [1 / 3, 0, 0], weight: 8 },
          { fractional: [1 / 3, 1 / 3, 0], weight: 6 },
          { fractional: [-1 / 3, 1 / 3, 0], weight: 12 },
        ],
      },
    });
    expect(result.energyHartree).toBeCloseTo(-7.9118, 2);
    const gamma = result.eigenvalues.valuesHartree[0]![0]!;
    const second = result.eigenvalues.valuesHartree[0]![1]!;
    // The G = 0 constant of V_loc is in our eigenvalues and not in ABINIT's: only differences count.
    expect(gamma[1]! - gamma[0]!).toBeCloseTo(0.261882541178 + 0.178566465714968, 3);
    expect(gamma[4]! - gamma[0]!).toBeCloseTo(0.354070367076 + 0.178566465714968, 3);
    expect(second[1]! - second[0]!).toBeCloseTo(0.064395861472044 + 0.127794342370963, 3);
  });
});

describe('bands, densities of states and saved densities', () => {
  it('carries the density of states to 5 eV above the gap, and no further than a count that was asked for', async () => {
    const dos = (input: Partial<PlanewaveInput>) =>
      runEngine({ task: 'dos', structure: silicon, cutoffHartree: 6, kpoints: { mesh: [3, 3, 3] }, ...input });
    const top = ({ dos, gap }: PlanewaveOutput) => dos!.energiesHartree.at(-1)! - gap.conduction!.energyHartree;
    const wide = await dos({ dos: { mesh: [4, 4, 4] } });
    expect(27.211 * top(wide)).toBeGreaterThan(5);
    expect(wide.eigenvalues.valuesHartree[0]![0]).toHaveLength(8);
    expect(wide.dos!.integratedStates[0]!.at(-1)!).toBeGreaterThan(16);
    const asked = await dos({ bands: { count: 6 } });
    expect(27.211 * top(asked)).toBeLessThan(4);
  });

  it('says so where fixed occupations meet a metal', async () => {
    const { notes } = await runEngine({
      task: 'scf',
      structure: { ...silicon, sites: [...silicon.sites].map((site) => ({ ...site, element: 'Al' })) },
      cutoffHartree: 4,
      kpoints: { mesh: [2, 2, 2] },
      scf: { maxIterations: 12 },
    });
    expect(notes.join()).toContain('this is a metal');
  });

  it('starts bands and density of states from a saved density, with the eigenvalues of a run in one piece', async () => {
    const stores = createMemoryStores();
    const common = {
      structure: silicon,
      functional: 'lda-pw92',
      cutoffHartree: 6,
      kpoints: { mesh: [2, 2, 2] },
    } satisfies Partial<PlanewaveInput>;
    const path = {
      kpoints: [
        { fractional: [0, 0, 0], label: 'Γ' },
        { fractional: [0.25, 0, 0.25] },
        { fractional: [0.5, 0, 0.5], label: 'X' },
      ],
    } satisfies NonNullable<Parameters<typeof runEngine>[0]['bands']>;
    await runEngine({ ...common, task: 'scf', save: { to: 'scf', wavefunctions: true } }, { arrays: stores.open });
    const fromSaved = await runEngine(
      { ...common, task: 'bands', bands: path, start: { from: 'scf' } },
      { arrays: stores.open },
    );
    const whole = await runEngine({ ...common, task: 'bands', bands: path });
    expect(fromSaved.resolved.planeWaves).toBe(whole.resolved.planeWaves);
    const [saved, direct] = [fromSaved, whole].map((o) => o.eigenvalues.valuesHartree[0]!.flat());
    saved!.forEach((value, i) => {
      expect(Math.abs(value - direct![i]!)).toBeLessThan(1e-6);
    });
    expect(whole.gap.kind).toBe('indirect');
    const dos = await runEngine(
      { ...common, task: 'dos', dos: { mesh: [4, 4, 4] }, start: { from: 'scf' } },
      { arrays: stores.open },
    );
    const { energiesHartree, integratedStates } = dos.dos!;
    const inGap = (dos.gap.valence!.energyHartree + dos.gap.conduction!.energyHartree) / 2;
    const states = integratedStates[0]![energiesHartree.findIndex((e) => e > inGap)]!;
    expect(states).toBeCloseTo(8, 6);
  });

  it('refuses bands from the saved density of another structure', async () => {
    const stores = createMemoryStores();
    const common = {
      functional: 'lda-pw92',
      cutoffHartree: 4,
      kpoints: { mesh: [1, 1, 1] },
    } satisfies Partial<PlanewaveInput>;
    await runEngine({ ...common, structure: silicon, task: 'scf', save: { to: 'scf' } }, { arrays: stores.open });
    const moved = {
      ...silicon,
      sites: [silicon.sites[0]!, { element: 'Si', fractional: [0.26, 0.25, 0.25] as [number, number, number] }],
    };
    const bands = runEngine(
      {
        ...common,
        structure: moved,
        task: 'bands',
        bands: { kpoints: [{ fractional: [0, 0, 0] }] },
        start: { from: 'scf' },
      },
      { arrays: stores.open },
    );
    await expect(bands).rejects.toMatchObject({ code: 'start-mismatch' });
  });

  it('takes fewer iterations from the density and orbitals of a near geometry', async () => {
    const stores = createMemoryStores();
    const common = {
      task: 'scf',
      functional: 'lda-pw92',
      cutoffHartree: 6,
      kpoints: { mesh: [2, 2, 2] },
    } satisfies Partial<PlanewaveInput>;
    await runEngine(
      { ...common, structure: silicon, save: { to: 'scf', wavefunctions: true } },
      { arrays: stores.open },
    );
    const moved = {
      ...silicon,
      sites: [silicon.sites[0]!, { element: 'Si', fractional: [0.252, 0.25, 0.25] as [number, number, number] }],
    };
    const fresh = await runEngine({ ...common, structure: moved });
    const started = await runEngine({ ...common, structure: moved, start: { from: 'scf' } }, { arrays: stores.open });
    expect(started.iterations.length).toBeLessThan(fresh.iterations.length);
    expect(Math.abs(started.energyHartree! - fresh.energyHartree!)).toBeLessThan(1e-9);
  });
});
