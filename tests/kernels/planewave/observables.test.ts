import { describe, expect, it } from 'vitest';
import { filledBands, findGap } from '@/kernels/planewave/observables/band-edges';
import { densityOfStates, levelOfFilling } from '@/kernels/planewave/observables/density-of-states';

const reciprocal = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

describe('density of states by tetrahedra', () => {
  it('gives the free-electron square root and its integral', () => {
    // e = |k|^2 on a cube |k_i| < 1/2: g(e) = 2 * 2 pi sqrt(e), N(e) = 2 * 4 pi/3 e^(3/2) for e < 1/4.
    const n = 24;
    const eigenvalues: number[][] = [];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++)
          eigenvalues.push([[i, j, k].reduce((sum, x) => sum + Math.min(x / n, 1 - x / n) ** 2, 0)]);
      }
    }
    const { energiesHartree, statesPerHartree, integratedStates } = densityOfStates({
      eigenvalues: [eigenvalues],
      weights: eigenvalues.map(() => 1 / n ** 3),
      stepHartree: 0.01,
      method: {
        kind: 'tetrahedra',
        mesh: { mesh: [n, n, n], irreducibleOf: Int32Array.from({ length: n ** 3 }, (_, i) => i), reciprocal },
      },
    });
    // The highest band ends the curve at its own minimum, so look at the formulas directly below it.
    energiesHartree.forEach((e, i) => {
      if (e < 0.05 || e > 0.2) return;
      expect(statesPerHartree[0]![i]! / (4 * Math.PI * Math.sqrt(e))).toBeCloseTo(1, 1);
      expect(integratedStates[0]![i]! / ((8 * Math.PI) / 3) / e ** 1.5).toBeCloseTo(1, 1);
    });
  });

  it('integrates to two electrons a band, and so does the Gaussian', () => {
    const eigenvalues = [
      [0, 0.5, 2],
      [0.1, 0.6, 2.1],
    ];
    const mesh = { mesh: [1, 1, 2] as const, irreducibleOf: Int32Array.from([0, 1]), reciprocal };
    for (const method of [{ kind: 'tetrahedra', mesh } as const, { kind: 'gaussian', widthHartree: 0.02 } as const]) {
      const { energiesHartree, integratedStates } = densityOfStates({
        eigenvalues: [eigenvalues],
        weights: [0.5, 0.5],
        stepHartree: 0.01,
        method,
      });
      const at = (energy: number) => integratedStates[0]![energiesHartree.findIndex((e) => e >= energy)]!;
      expect(at(0.3)).toBeCloseTo(2, 6);
      expect(at(1)).toBeCloseTo(4, 6);
    }
  });
});

describe('the level to which states are filled', () => {
  const curve = {
    energiesHartree: [0, 0.1, 0.2, 0.3, 0.4],
    statesPerHartree: [[0, 20, 20, 0, 10]],
    integratedStates: [[0, 2, 4, 4, 5]],
  };

  it('lies where the integral reaches the electrons', () => {
    expect(levelOfFilling(curve, 3)).toBeCloseTo(0.15, 12);
  });

  it('lies at the lower edge of a gap', () => {
    expect(levelOfFilling(curve, 4)).toBeCloseTo(0.2, 12);
  });

  it('is the last energy where there are too few states', () => {
    expect(levelOfFilling(curve, 6)).toBe(0.4);
  });
});

describe('band edges', () => {
  const sample = (x: number, eigenvalues: number[], label?: string, spin = 0) => ({
    fractional: [x, 0, 0] as [number, number, number],
    spin,
    eigenvalues,
    label,
  });

  it('finds an indirect gap over all points and names where it is', () => {
    const gap = findGap([sample(0, [0, 0.5], 'Γ'), sample(0.25, [-0.1, 0.35]), sample(0.5, [-0.2, 0.3], 'X')], [1]);
    expect(gap).toMatchObject({
      kind: 'indirect',
      valence: { label: 'Γ', band: 0 },
      conduction: { label: 'X', band: 1 },
    });
    expect(gap.gapHartree).toBeCloseTo(0.3, 12);
    expect(gap.directHartree).toBeCloseTo(0.45, 12);
  });

  it('prefers the named point of two that are equal', () => {
    const gap = findGap([sample(0, [0, 0.5]), sample(0, [1e-8, 0.5], 'Γ')], [1]);
    expect(gap.valence!.label).toBe('Γ');
    expect(gap.kind).toBe('direct');
  });

  it('calls overlapping bands and odd electrons a metal', () => {
    expect(findGap([sample(0, [0, 0.1]), sample(0.5, [0.2, 0.4])], [1]).kind).toBe('metal');
    expect(findGap([sample(0, [0, 1])], filledBands(1, null)).kind).toBe('metal');
  });

  it('finds the edges of both spins together, each with as many full bands as its electrons', () => {
    const up = sample(0, [-0.3, -0.1, 0.4], 'Γ', 0);
    const down = sample(0, [-0.2, 0.2, 0.6], 'Γ', 1);
    const filled = filledBands(3, 1);
    expect(filled).toEqual([2, 1]);
    const gap = findGap([up, down], filled);
    expect(gap).toMatchObject({ kind: 'direct', valence: { spin: 0, band: 1 }, conduction: { spin: 1, band: 1 } });
    expect(gap.gapHartree).toBeCloseTo(0.3, 12);
    expect(filledBands(3, 1.3)).toBeNull();
  });
});
