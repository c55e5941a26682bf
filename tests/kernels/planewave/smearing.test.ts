import { describe, expect, it } from 'vitest';
import { occupy } from '@/kernels/planewave/scf/occupations';
import { smearings } from '@/kernels/planewave/scf/smearing';

describe.each(Object.entries(smearings))('%s smearing', (scheme, smearing) => {
  it('has an entropy whose derivative is x f(x)', () => {
    const h = 1e-5;
    for (const x of [-2.3, -0.7, -0.1, 0.4, 0.9, 1.9]) {
      const entropySlope = (smearing.entropy(x + h) - smearing.entropy(x - h)) / (2 * h);
      const occupationSlope = (smearing.occupation(x + h) - smearing.occupation(x - h)) / (2 * h);
      expect(entropySlope).toBeCloseTo(x * occupationSlope, 8);
    }
  });

  it('goes from empty to full', () => {
    expect(smearing.occupation(-40)).toBeCloseTo(0, 12);
    expect(smearing.occupation(40)).toBeCloseTo(1, 12);
  });

  it('fills the cell with its electrons', () => {
    const eigenvalues = [
      [0, 0.1, 0.3],
      [0.02, 0.15, 0.25],
    ];
    const { values, fermiHartree } = occupy({
      eigenvalues: [eigenvalues],
      weights: [0.25, 0.75],
      electrons: 3,
      scheme: scheme as 'cold',
      widthHartree: 0.02,
    });
    const electrons = values[0]!.reduce(
      (sum, bands, k) => sum + 2 * [0.25, 0.75][k]! * bands.reduce((a, b) => a + b, 0),
      0,
    );
    expect(electrons).toBeCloseTo(3, 10);
    expect(fermiHartree).toBeGreaterThan(0.05);
    expect(fermiHartree).toBeLessThan(0.2);
  });
});

describe('extrapolation to zero width', () => {
  it('removes the leading power of the width on a free-electron-like density of states', () => {
    // Many states, linear density of states: the exact ground energy is known by filling them up.
    const count = 8_000;
    const levels = Float64Array.from({ length: count }, (_, i) => Math.sqrt((i + 0.5) / count));
    const electrons = count;
    const exact = 2 * levels.subarray(0, electrons / 2).reduce((sum, e) => sum + e, 0);
    for (const [scheme, { freeEnergyWeight }] of Object.entries(smearings)) {
      const errors = [0.01, 0.02].map((widthHartree) => {
        const { values, smearingHartree } = occupy({
          eigenvalues: [[levels]],
          weights: [1],
          electrons,
          scheme: scheme as 'cold',
          widthHartree,
        });
        const band = 2 * levels.reduce((sum, e, i) => sum + values[0]![0]![i]! * e, 0);
        const free = band + smearingHartree;
        return { free: free - exact, zero: (freeEnergyWeight * free + band) / (freeEnergyWeight + 1) - exact };
      });
      const [small, large] = errors as [{ free: number; zero: number }, { free: number; zero: number }];
      expect(Math.abs(large.zero), scheme).toBeLessThan(0.2 * Math.abs(large.free) + 1e-3);
      expect(Math.abs(small.zero), scheme).toBeLessThan(Math.abs(large.free) + 1e-3);
    }
  });
});

describe('fixed occupations', () => {
  it('refuses an odd number of electrons with a sentence', () => {
    expect(() => occupy({ eigenvalues: [[[0, 1]]], weights: [1], electrons: 3, scheme: 'fixed' })).toThrow(
      /even number/,
    );
  });
});

describe('spin', () => {
  const eigenvalues = [
    [
      [-0.1, 0, 0.3],
      [-0.08, 0.05, 0.25],
    ],
    [
      [0.02, 0.1, 0.4],
      [0.05, 0.16, 0.35],
    ],
  ];
  const weights = [0.25, 0.75];
  const count = (spin: number[][]) => spin.reduce((sum, f, k) => sum + weights[k]! * f.reduce((a, b) => a + b, 0), 0);

  it('fills both channels to one level where the magnetisation is free', () => {
    const { values } = occupy({ eigenvalues, weights, electrons: 3, scheme: 'cold', widthHartree: 0.01 });
    expect(count(values[0]!) + count(values[1]!)).toBeCloseTo(3, 10);
    expect(count(values[0]!)).toBeGreaterThan(count(values[1]!));
  });

  it('fills each to a level of its own where the magnetisation is fixed', () => {
    const { values, fermiSpinHartree } = occupy({
      ...{ eigenvalues, weights, electrons: 3, scheme: 'fermi-dirac', widthHartree: 0.01, totalMagnetisation: 0.5 },
    });
    expect(count(values[0]!)).toBeCloseTo(1.75, 10);
    expect(count(values[1]!)).toBeCloseTo(1.25, 10);
    expect(fermiSpinHartree![0]).not.toBeCloseTo(fermiSpinHartree![1], 2);
  });

  it('gives the smearing of two equal channels as without spin', () => {
    const one = occupy({ eigenvalues: [eigenvalues[0]!], weights, electrons: 3, scheme: 'cold', widthHartree: 0.02 });
    const same = [eigenvalues[0]!, eigenvalues[0]!];
    for (const totalMagnetisation of [null, 0]) {
      const both = occupy({
        ...{ eigenvalues: same, weights, electrons: 3, scheme: 'cold', widthHartree: 0.02, totalMagnetisation },
      });
      expect(both.smearingHartree).toBeCloseTo(one.smearingHartree, 12);
      expect(both.fermiHartree).toBeCloseTo(one.fermiHartree, 12);
    }
  });
});
