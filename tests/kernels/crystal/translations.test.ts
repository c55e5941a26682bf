import { describe, expect, it } from 'vitest';
import type { Structure, Vector3 } from '@/kernels/crystal/schema';
import { hasInnerTranslation } from '@/kernels/crystal/translations';

/** Rock salt of n x n x n conventional cells, every atom off its place by up to `noiseAngstrom`. */
function rockSalt(n: number, noiseAngstrom = 0): Structure {
  const a = 5.64;
  const offsets: [string, Vector3][] = [
    ['Na', [0, 0, 0]],
    ['Na', [0.5, 0.5, 0]],
    ['Na', [0.5, 0, 0.5]],
    ['Na', [0, 0.5, 0.5]],
    ['Cl', [0.5, 0, 0]],
    ['Cl', [0, 0.5, 0]],
    ['Cl', [0, 0, 0.5]],
    ['Cl', [0.5, 0.5, 0.5]],
  ];
  const sites = Array.from({ length: n ** 3 }, (_, cell) => [
    Math.floor(cell / n ** 2),
    Math.floor(cell / n) % n,
    cell % n,
  ]).flatMap((cell, c) =>
    offsets.map(([element, offset], i) => ({
      species: [{ element, concentration: 1 }],
      position: offset.map(
        (x, axis) => (x + cell[axis]!) / n + (noiseAngstrom / (a * n)) * Math.sin(7 * c + 3 * i + axis),
      ) as Vector3,
    })),
  );
  return {
    cellAngstrom: [
      [a * n, 0, 0],
      [0, a * n, 0],
      [0, 0, a * n],
    ],
    periodic: [true, true, true],
    sites,
  };
}
const withoutFirst = (structure: Structure): Structure => ({ ...structure, sites: structure.sites.slice(1) });

describe('a translation within the cell', () => {
  it('is found in a conventional cell that is not primitive, and in supercells', () => {
    expect(hasInnerTranslation(rockSalt(1), 1e-4)).toBe(true);
    expect(hasInnerTranslation(rockSalt(3), 1e-4)).toBe(true);
  });

  it('is found where atoms lie off their places by less than the tolerance, and not beyond it', () => {
    expect(hasInnerTranslation(rockSalt(2, 0.5e-4), 1e-4)).toBe(true);
    expect(hasInnerTranslation(rockSalt(2, 1e-2), 1e-4)).toBe(false);
  });

  it('is not there with one atom missing, moved or with a moment of its own', () => {
    expect(hasInnerTranslation(withoutFirst(rockSalt(2)), 1e-4)).toBe(false);
    const structure = rockSalt(2);
    const [first, ...others] = structure.sites;
    expect(hasInnerTranslation({ ...structure, sites: [{ ...first!, momentBohrMagneton: 1 }, ...others] }, 1e-4)).toBe(
      false,
    );
  });

  it('is looked for in a second in 1727 atoms', () => {
    const began = performance.now();
    expect(hasInnerTranslation(withoutFirst(rockSalt(6)), 1e-4)).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
