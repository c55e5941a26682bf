import { describe, expect, test } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import { energiesAboveHull, type Phase } from '@/kernels/stability/hull';

/** Every mixture of as many phases as there are elements, by Cramer's rule. */
function bruteForce(phases: readonly Phase[], composition: readonly number[]): number {
  const count = composition.length;
  let least = Infinity;
  const visit = (first: number, chosen: number[]) => {
    if (chosen.length === count) {
      const rows = composition.map((_, i) => chosen.map((j) => phases[j]!.composition[i]!));
      const whole = determinant(rows);
      if (Math.abs(whole) < 1e-9) return;
      const shares = chosen.map(
        (_, k) => determinant(rows.map((row, i) => row.map((x, col) => (col === k ? composition[i]! : x)))) / whole,
      );
      if (shares.some((share) => share < -1e-11)) return;
      least = Math.min(
        least,
        shares.reduce((sum, share, k) => sum + share * phases[chosen[k]!]!.energyPerAtom, 0),
      );
      return;
    }
    for (let j = first; j < phases.length; j++) visit(j + 1, [...chosen, j]);
  };
  visit(0, []);
  return least;
}

function determinant(rows: readonly (readonly number[])[]): number {
  if (rows.length === 1) return rows[0]![0]!;
  return rows[0]!.reduce(
    (sum, x, col) =>
      sum + (col % 2 ? -x : x) * determinant(rows.slice(1).map((row) => row.filter((_, j) => j !== col))),
    0,
  );
}

describe('energies above the hull', () => {
  test.each([2, 3, 4])('of random phases of %i elements are those of every mixture tried', (elements) => {
    const random = createRandom(elements);
    for (let round = 0; round < 4; round++) {
      const pure: Phase[] = Array.from({ length: elements }, (_, i) => ({
        composition: Array.from({ length: elements }, (__, j): number => (i === j ? 1 : 0)),
        energyPerAtom: random() * 0.2,
      }));
      const mixed: Phase[] = Array.from({ length: 14 - elements }, () => {
        const counts = Array.from({ length: elements }, () => Math.floor(4 * random()));
        if (counts.every((count) => count < 1)) counts[0] = 1;
        const total = counts.reduce((a, b) => a + b);
        return { composition: counts.map((count) => count / total), energyPerAtom: -1 + random() };
      });
      const phases = [...pure, ...mixed];
      energiesAboveHull(phases, phases).forEach(({ aboveHull, decomposition }, i) => {
        const { composition, energyPerAtom } = phases[i]!;
        expect(Math.abs(energyPerAtom - aboveHull - bruteForce(phases, composition))).toBeLessThan(1e-10);
        for (let e = 0; e < elements; e++) {
          const there = decomposition.reduce(
            (sum, { phase, share }) => sum + share * phases[phase]!.composition[e]!,
            0,
          );
          expect(there).toBeCloseTo(composition[e]!, 9);
        }
      });
    }
  });

  test('of a stable phase are zero, and of one above it the distance to its parts', () => {
    const phases = [
      { composition: [1, 0], energyPerAtom: 0 },
      { composition: [0, 1], energyPerAtom: 0 },
      { composition: [0.5, 0.5], energyPerAtom: -2 },
      { composition: [0.75, 0.25], energyPerAtom: -0.4 },
    ];
    const [, , stable, above] = energiesAboveHull(phases, phases);
    expect(stable).toEqual({ aboveHull: 0, decomposition: [{ phase: 2, share: 1 }] });
    expect(above!.aboveHull).toBeCloseTo(0.6, 12);
    expect(above!.decomposition.map(({ phase }) => phase).sort()).toEqual([0, 2]);
  });

  test('need a phase of every element', () => {
    const phases = [{ composition: [1, 0], energyPerAtom: 0 }];
    expect(() => energiesAboveHull(phases, phases)).toThrow(/no phase of its own/);
  });
});
