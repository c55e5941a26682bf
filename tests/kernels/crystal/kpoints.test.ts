import { describe, expect, it } from 'vitest';
import { reciprocalCell } from '@/kernels/crystal/cell';
import { kpointMesh, meshForDistance, meshPoint } from '@/kernels/crystal/kpoints';
import { matrixTimesColumn } from '@/kernels/crystal/linear';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { reciprocalRotation } from '@/kernels/crystal/operations';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { analyzeSymmetry, loadSymmetry } from '@/kernels/crystal/symmetry';
import { diamond, inCell, monoclinic, rockSalt, skewRows, triclinic, wurtzite } from './support';

loadSymmetry(readMoyoWasm());

const operationsOf = (structure: Structure) => analyzeSymmetry(structure).operations;
const count = (structure: Structure, mesh: Vector3, shift?: Vector3, timeReversal?: boolean) =>
  kpointMesh({ mesh, shift, operations: operationsOf(structure), timeReversal }).kpoints.length;

describe('kpointMesh', () => {
  it('has the known numbers of irreducible points', () => {
    // Monkhorst-Pack meshes of fcc: Gamma-centred n = 2, 4, 6, 8 give 3, 8, 16, 29; hexagonal 6 x 6 x 4 with 6/mmm gives 21.
    expect([2, 4, 6, 8].map((n) => count(diamond, [n, n, n]))).toEqual([3, 8, 16, 29]);
    expect(count(wurtzite, [6, 6, 4])).toBe(21);
    expect(count(triclinic, [4, 4, 4])).toBe(36);
  });

  it.each([
    ['fcc', rockSalt, [6, 6, 6], [0, 0, 0]],
    ['fcc shifted', rockSalt, [4, 4, 4], [0.5, 0.5, 0.5]],
    ['skewed fcc', inCell(rockSalt, skewRows), [4, 4, 4], [0, 0, 0]],
    ['hexagonal', wurtzite, [5, 5, 3], [0, 0, 0.5]],
    ['monoclinic', monoclinic, [4, 3, 2], [0, 0.5, 0]],
    ['triclinic', triclinic, [3, 4, 2], [0.25, 0, 0]],
    ['an uneven mesh on fcc', rockSalt, [4, 4, 2], [0, 0, 0]],
  ] as [string, Structure, Vector3, Vector3][])(
    'maps every point of the full mesh back to its irreducible one: %s',
    (_, structure, mesh, shift) => {
      const result = kpointMesh({ mesh, shift, operations: operationsOf(structure) });
      expect(result.kpoints.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(result.fullMesh).toHaveLength(mesh[0] * mesh[1] * mesh[2]);
      result.fullMesh.forEach(({ irreducible, operation, isTimeReversed }, index) => {
        const turned = matrixTimesColumn(
          reciprocalRotation(result.operations[operation]!.rotation),
          result.kpoints[irreducible]!.fractional,
        );
        const target = meshPoint(index, mesh, shift);
        turned.forEach((x, i) => {
          const difference = (isTimeReversed ? -x : x) - target[i]!;
          expect(Math.abs(difference - Math.round(difference))).toBeLessThan(1e-9);
        });
      });
    },
  );

  it('integrates a function of the crystal’s symmetry as the full mesh does', () => {
    // Sum over the orbit of one lattice vector: cos(2 pi k . R) summed over all rotated R.
    for (const [structure, mesh] of [
      [rockSalt, [5, 5, 5]],
      [wurtzite, [4, 4, 3]],
      [monoclinic, [3, 4, 5]],
    ] as [Structure, Vector3][]) {
      const operations = operationsOf(structure);
      const shells = (
        [
          [1, 0, 0],
          [1, -1, 2],
          [3, 5, 0],
        ] as Vector3[]
      ).map((r) => operations.map(({ rotation }) => matrixTimesColumn(rotation, r)));
      const value = (k: Vector3) =>
        shells.reduce(
          (sum, shell, s) =>
            sum +
            (s + 1) * shell.reduce((t, r) => t + Math.cos(2 * Math.PI * (k[0] * r[0] + k[1] * r[1] + k[2] * r[2])), 0),
          0,
        );
      const reduced = kpointMesh({ mesh, operations });
      const full = kpointMesh({ mesh, timeReversal: false });
      expect(reduced.kpoints.length).toBeLessThan(full.kpoints.length);
      const integrate = ({ kpoints }: typeof full) =>
        kpoints.reduce((sum, { fractional, weight }) => sum + weight * value(fractional), 0);
      expect(integrate(reduced)).toBeCloseTo(integrate(full), 10);
    }
  });

  it('gives the full mesh without operations and time reversal, and half of it with time reversal alone', () => {
    expect(kpointMesh({ mesh: [4, 4, 4], timeReversal: false }).kpoints).toHaveLength(64);
    expect(kpointMesh({ mesh: [4, 4, 4] }).kpoints).toHaveLength(36);
    expect(kpointMesh({ mesh: [4, 4, 4], shift: [0.5, 0.5, 0.5] }).kpoints).toHaveLength(32);
    expect(kpointMesh({ mesh: [4, 4, 4], shift: [0.25, 0, 0] }).kpoints).toHaveLength(64);
  });

  it('drops operations that a shift breaks, says so and offers the centred mesh', () => {
    const shifted = kpointMesh({ mesh: [4, 4, 4], shift: [0.5, 0.5, 0.5], operations: operationsOf(diamond) });
    expect(shifted.operations.length).toBeLessThan(48);
    expect(shifted.droppedOperations).toBe(48 - shifted.operations.length);
    expect(shifted.note).toMatch(
      /shift \(0\.5, 0\.5, 0\.5\) breaks the symmetry.*Gamma-centred mesh 4 x 4 x 4.*keeps 48/,
    );
    expect(kpointMesh({ mesh: [4, 4, 4], operations: operationsOf(diamond) }).note).toBeNull();
    expect(kpointMesh({ mesh: [4, 4, 2], operations: operationsOf(diamond) }).note).toMatch(
      /less symmetric than the crystal/,
    );
  });

  it('keeps a subgroup', () => {
    const { operations } = kpointMesh({ mesh: [4, 4, 4], shift: [0.5, 0.5, 0.5], operations: operationsOf(diamond) });
    const keys = new Set(operations.map(({ rotation }) => rotation.flat().join()));
    for (const a of operations)
      for (const b of operations) {
        const product = a.rotation.map((row) =>
          [0, 1, 2].map((j) => row.reduce((s, x, l) => s + x * b.rotation[l]![j]!, 0)),
        );
        expect(
          keys.has(
            product
              .flat()
              .map((x) => x + 0)
              .join(),
          ),
        ).toBe(true);
      }
  });

  it('refuses meshes that are none', () => {
    expect(() => kpointMesh({ mesh: [0, 4, 4] })).toThrow(/three whole numbers/);
    expect(() => kpointMesh({ mesh: [1000, 1000, 1000] })).toThrow(/at most/);
    expect(() => kpointMesh({ mesh: [4, 4, 4], shift: [Number.NaN, 0, 0] })).toThrow(/shift/);
  });
});

describe('meshForDistance', () => {
  const orthorhombic: Matrix3 = [
    [4, 0, 0],
    [0, 5, 0],
    [0, 0, 20],
  ];

  it('rounds |b| over the distance up, 2 pi included', () => {
    expect(meshForDistance(reciprocalCell(orthorhombic), 0.3)).toEqual([6, 5, 2]);
    expect(meshForDistance(reciprocalCell(orthorhombic), 0.3, [true, true, false])).toEqual([6, 5, 1]);
    expect(meshForDistance(reciprocalCell(orthorhombic), 100)).toEqual([1, 1, 1]);
    const exact = (2 * Math.PI) / 4 / 6;
    expect(meshForDistance(reciprocalCell(orthorhombic), exact)[0]).toBe(6);
  });

  it('gives the same number along vectors of equal length', () => {
    // Body-centred tetragonal: equal |a_i|, unequal |b_i|.
    const [a, c] = [3, 11];
    const cell: Matrix3 = [
      [-a / 2, a / 2, c / 2],
      [a / 2, -a / 2, c / 2],
      [a / 2, a / 2, -c / 2],
    ];
    const mesh = meshForDistance(reciprocalCell(cell), 0.2);
    expect(new Set(mesh).size).toBe(1);
    expect(() => meshForDistance(reciprocalCell(cell), 0)).toThrow(/positive/);
  });
});
