import { describe, expect, it } from 'vitest';
import { harmonicRotation } from '@/kernels/planewave/observables/orbital-operations';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { runEngine, silicon } from './run-engine';

const input: PlanewaveInput = {
  task: 'scf',
  structure: silicon,
  functional: 'lda-pw92',
  cutoffHartree: 8,
  kpoints: { mesh: [3, 3, 3] },
  projections: true,
};

/** Off its ideal place along the body diagonal: both sites keep a threefold axis, and differ. */
const polar: PlanewaveInput['structure'] = {
  ...silicon,
  sites: [
    { element: 'Ga', fractional: [0, 0, 0] },
    { element: 'As', fractional: [0.26, 0.26, 0.26] },
  ],
};

describe('rotation of harmonics', () => {
  it('is orthogonal and follows a product of rotations', () => {
    const turn = (a: number, [i, j]: [number, number]) => {
      const R = [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ] as [[number, number, number], [number, number, number], [number, number, number]];
      R[i]![i] = Math.cos(a);
      R[j]![j] = Math.cos(a);
      R[i]![j] = -Math.sin(a);
      R[j]![i] = Math.sin(a);
      return R;
    };
    const [A, B] = [turn(0.3, [0, 1]), turn(1.1, [1, 2])];
    const AB = A.map((row) => [0, 1, 2].map((j) => row.reduce((sum, x, k) => sum + x * B[k]![j]!, 0))) as typeof A;
    for (const l of [0, 1, 2, 3]) {
      const n = 2 * l + 1;
      const [DA, DB, DAB] = [A, B, AB].map((R) => harmonicRotation(l, R)) as [Float64Array, Float64Array, Float64Array];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let [product, unit] = [0, 0];
          // Y(A B r) = D(A) Y(B r) = D(A) D(B) Y(r)
          for (let k = 0; k < n; k++) {
            product += DA[i * n + k]! * DB[k * n + j]!;
            unit += DA[i * n + k]! * DA[j * n + k]!;
          }
          expect(product).toBeCloseTo(DAB[i * n + j]!, 10);
          expect(unit).toBeCloseTo(i === j ? 1 : 0, 10);
        }
      }
    }
  });
});

describe('projections on atomic orbitals', () => {
  it('hold nearly all of the occupied states, shared evenly by equal atoms', async () => {
    const { projections } = await runEngine(input);
    expect(projections!.orbitals).toHaveLength(8);
    expect(projections!.spilling).toBeGreaterThan(0);
    expect(projections!.spilling).toBeLessThan(0.05);
    const [a, b] = projections!.charges[0]!;
    expect(a).toBeCloseTo(b!, 8);
    expect(a! + b!).toBeCloseTo(8 * (1 - projections!.spilling), 8);
    // By cubic symmetry the three p orbitals of an atom hold the same, on the mean over the mesh.
    const weights = projections!.weights as number[][][][];
    for (const band of weights[0]!.flat()) expect(band.reduce((sum, w) => sum + w, 0)).toBeLessThan(1 + 1e-8);
  });

  it('are the same on the reduced and on the full mesh, by orbital', async () => {
    const task: PlanewaveInput = {
      ...{ ...input, task: 'dos', structure: polar, cutoffHartree: 8, bands: { count: 20 } },
      pseudopotentialEntries: { Ga: 'GTH-PADE-q3' },
      dos: { mesh: [3, 3, 3], method: 'gaussian', widthHartree: 0.02, stepHartree: 0.01 },
    };
    const reduced = await runEngine({ ...task, bands: { count: 8 } });
    const full = await runEngine({ ...task, bands: { count: 8 }, symmetry: false, timeReversal: false });
    expect(reduced.eigenvalues.kpoints.length).toBeLessThan(full.eigenvalues.kpoints.length);
    const [a, b] = [reduced, full].map(({ projections }) => projections!.statesPerHartree as number[][][]) as [
      number[][][],
      number[][][],
    ];
    a[0]!.forEach((curve, orbital) => {
      const largest = Math.max(...curve);
      curve.forEach((value, i) => {
        expect(Math.abs(value - b[0]![orbital]![i]!)).toBeLessThan(1e-4 * Math.max(1, largest));
      });
    });
    reduced.projections!.charges[0]!.forEach((charge, site) => {
      expect(charge).toBeCloseTo(full.projections!.charges[0]![site]!, 5);
    });
  });

  it('sum to the density of states where they span the bands', async () => {
    const { projections, dos } = await runEngine({
      ...{ ...input, task: 'dos', dos: { mesh: [4, 4, 4], method: 'gaussian', widthHartree: 0.01, stepHartree: 0.01 } },
    });
    const curves = (projections!.statesPerHartree as number[][][])[0]!;
    const sum = dos!.energiesHartree.map((_, i) => curves.reduce((total, curve) => total + curve[i]!, 0));
    // The lowest valence bands are made of the atoms' own orbitals.
    dos!.energiesHartree.forEach((e, i) => {
      if (e > dos!.energiesHartree[0]! + 0.35) return;
      expect(sum[i]!).toBeLessThanOrEqual(dos!.statesPerHartree[0]![i]! + 1e-6);
      expect(sum[i]!).toBeGreaterThan(0.9 * dos!.statesPerHartree[0]![i]! - 1e-6);
    });
  });
});
