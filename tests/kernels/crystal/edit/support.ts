import { expect } from 'vitest';
import { KernelError } from '@/kernels/core/errors';
import { examples } from '@/kernels/crystal/examples.data';
import { neighbourList } from '@/kernels/crystal/neighbours';
import { wrapFractional } from '@/kernels/crystal/operations';
import type { Structure, Vector3 } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';

export function example(id: string): Structure {
  return parseStructure(examples.find((one) => one.id === id)!.structure);
}

export const water = parseStructure({
  sites: [
    { element: 'O', cartesianAngstrom: [0, 0, 0.1173] },
    { element: 'H', cartesianAngstrom: [0, 0.7572, -0.4692] },
    { element: 'H', cartesianAngstrom: [0, -0.7572, -0.4692] },
  ],
});

/** Aluminium in its cubic cell of four atoms, which is not primitive. */
export const cubicAluminium = parseStructure({
  cellAngstrom: [
    [4.05, 0, 0],
    [0, 4.05, 0],
    [0, 0, 4.05],
  ],
  sites: [
    { element: 'Al', fractional: [0, 0, 0] },
    { element: 'Al', fractional: [0, 0.5, 0.5] },
    { element: 'Al', fractional: [0.5, 0, 0.5] },
    { element: 'Al', fractional: [0.5, 0.5, 0] },
  ],
});

export function elementOf(structure: Structure, site: number): string {
  return structure.sites[site]!.species.map(({ element }) => element).join('/');
}

/** For each site: its element and its sorted neighbours "Cl 2.820" within the cutoff. */
export function surroundings(structure: Structure, cutoffAngstrom: number): string[] {
  const { offsets, second, distancesAngstrom } = neighbourList(structure, cutoffAngstrom);
  return structure.sites.map((_, i) => {
    const around: string[] = [];
    for (let p = offsets[i]!; p < offsets[i + 1]!; p++)
      around.push(`${elementOf(structure, second[p]!)} ${(distancesAngstrom[p]! + 1e-9).toFixed(3)}`);
    return `${elementOf(structure, i)}: ${around.sort().join(', ')}`;
  });
}

export function expectSame(a: Structure, b: Structure, tolerance = 1e-10): void {
  expect(a.periodic).toEqual(b.periodic);
  expect(a.sites.map(({ species }) => species)).toEqual(b.sites.map(({ species }) => species));
  const numbers = ({ cellAngstrom, sites }: Structure) => [
    ...(cellAngstrom?.flat() ?? []),
    ...sites.flatMap(({ position }) => position),
  ];
  expect(largestDifference(numbers(a), numbers(b))).toBeLessThan(tolerance);
}

export function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...a.map((x, i) => Math.abs(x - b[i]!)));
}

/** The number of sites at places of their own, of a lattice that repeats in three directions. */
export function distinctPlaces({ sites }: Structure): number {
  return new Set(
    sites.map(({ position }) =>
      wrapFractional(position)
        .map((x) => Math.round(1e6 * x) % 1e6)
        .join(),
    ),
  ).size;
}

export function expectBadEdit(act: () => unknown, message: RegExp): void {
  let thrown: unknown;
  try {
    act();
  } catch (err) {
    thrown = err;
  }
  expect(thrown).toBeInstanceOf(KernelError);
  expect(thrown).toMatchObject({ code: 'bad-edit', message: expect.stringMatching(message) });
  expect((thrown as KernelError).message).toMatch(/^[A-Z].*[.)]$/);
}

export const axisLengths = (structure: Structure) =>
  structure.cellAngstrom!.map((row: Vector3) => Math.hypot(...row)) as Vector3;
