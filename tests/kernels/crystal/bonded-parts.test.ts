import { describe, expect, test } from 'vitest';
import { bondedParts } from '@/kernels/crystal/bonded-parts';
import { bondedDimensions } from '@/kernels/crystal/dimensionality';
import { exfoliate } from '@/kernels/crystal/exfoliate';
import { norm } from '@/kernels/crystal/linear';
import { nearestPair } from '@/kernels/crystal/neighbours';
import type { Structure, Vector3 } from '@/kernels/crystal/schema';
import { type Atom, build, diamond, inCell, rockSalt, skewRows, turned } from './support';

const hexagonal = (a: number, c: number, atoms: Atom[]) =>
  build(
    [
      [a, 0, 0],
      [-a / 2, (a * Math.sqrt(3)) / 2, 0],
      [0, 0, c],
    ],
    atoms,
  );

const graphite = hexagonal(2.464, 6.711, [
  ['C', 0, 0, 0.25],
  ['C', 0, 0, 0.75],
  ['C', 1 / 3, 2 / 3, 0.25],
  ['C', 2 / 3, 1 / 3, 0.75],
]);
/** 2H: Bronsema, de Boer and Jellinek, Z. Anorg. Allg. Chem. 540, 15 (1986). */
const molybdenite = hexagonal(3.1602, 12.294, [
  ['Mo', 1 / 3, 2 / 3, 0.25],
  ['Mo', 2 / 3, 1 / 3, 0.75],
  ['S', 1 / 3, 2 / 3, 0.621],
  ['S', 2 / 3, 1 / 3, 0.379],
  ['S', 1 / 3, 2 / 3, 0.879],
  ['S', 2 / 3, 1 / 3, 0.121],
]);
/** Cherin and Unger, Inorg. Chem. 6, 1589 (1967). */
const selenium = hexagonal(4.3662, 4.9536, [
  ['Se', 0.2254, 0, 1 / 3],
  ['Se', 0, 0.2254, 2 / 3],
  ['Se', -0.2254, -0.2254, 0],
]);
/** Pa-3: Simon and Peters, Acta Cryst. B36, 2750 (1980). */
const dryIce = carbonDioxide(5.624, 0.1185);
/** Two layers of different elements upon each other. */
const stacked = hexagonal(2.5, 6.8, [
  ['C', 0, 0, 0.25],
  ['C', 1 / 3, 2 / 3, 0.25],
  ['B', 0, 0, 0.75],
  ['N', 1 / 3, 2 / 3, 0.75],
]);

function carbonDioxide(a: number, x: number): Structure {
  const centres: [Vector3, Vector3][] = [
    [
      [0, 0, 0],
      [1, 1, 1],
    ],
    [
      [0.5, 0, 0.5],
      [-1, -1, 1],
    ],
    [
      [0, 0.5, 0.5],
      [-1, 1, -1],
    ],
    [
      [0.5, 0.5, 0],
      [1, -1, -1],
    ],
  ];
  const atoms = centres.flatMap(([[u, v, w], [p, q, r]]): Atom[] => [
    ['C', u, v, w],
    ['O', u + p * x, v + q * x, w + r * x],
    ['O', u - p * x, v - q * x, w - r * x],
  ]);
  return build(
    [
      [a, 0, 0],
      [0, a, 0],
      [0, 0, a],
    ],
    atoms,
  );
}

const crystals: [string, Structure, number][] = [
  ['silicon', diamond, 3],
  ['rock salt', rockSalt, 3],
  ['MoS2', molybdenite, 2],
  ['graphite', graphite, 2],
  ['selenium', selenium, 1],
  ['CO2', dryIce, 0],
];

describe('bonds go on without end', () => {
  test.each(crystals)('in %s in as many directions, in every cell', (_, crystal, dimensions) => {
    expect(bondedDimensions(crystal)).toBe(dimensions);
    expect(bondedDimensions(turned(inCell(crystal, skewRows)))).toBe(dimensions);
  });

  test('pieces hold each atom once', () => {
    for (const [, crystal] of crystals) {
      const sites = bondedParts(crystal).flatMap(({ members }) => members.map(({ site }) => site));
      expect(sites.sort((a, b) => a - b)).toEqual([...crystal.sites.keys()]);
    }
    expect(bondedParts(dryIce).map(({ members }) => members.length)).toEqual([3, 3, 3, 3]);
    expect(bondedParts(molybdenite).map(({ members }) => members.length)).toEqual([3, 3]);
  });
});

describe('single layers', () => {
  test.each(['given', 'skewed'])('of MoS2 and graphite are there once, whole and flat, from a %s cell', (which) => {
    const from = (crystal: Structure) => exfoliate(which === 'given' ? crystal : turned(inCell(crystal, skewRows)));
    const [sulphide, ...others] = from(molybdenite);
    expect(others).toEqual([]);
    expect(sulphide!.sites).toHaveLength(3);
    expect(sulphide!.periodic).toEqual([true, true, false]);
    const [a, b, c] = sulphide!.cellAngstrom!;
    expect(norm(a)).toBeCloseTo(3.1602, 4);
    expect(norm(b)).toBeCloseTo(3.1602, 4);
    expect(a[2]).toBe(0);
    expect(b[2]).toBe(0);
    expect(norm(c)).toBeCloseTo(20 + 12.294 * 2 * (0.379 - 0.25), 3);
    // The bond of the crystal: Mo-S.
    expect(nearestPair(sulphide!)!.distanceAngstrom).toBeCloseTo(nearestPair(molybdenite)!.distanceAngstrom, 6);
    const [graphene, ...more] = from(graphite);
    expect(more).toEqual([]);
    expect(graphene!.sites).toHaveLength(2);
    for (const { position } of graphene!.sites) expect(position[2]).toBeCloseTo(0.5, 9);
  });

  test('of a crystal of two kinds of layers are two', () => {
    const layers = exfoliate(stacked);
    expect(layers.map(({ sites }) => sites.map(({ species }) => species[0]!.element).sort())).toEqual([
      ['C', 'C'],
      ['B', 'N'],
    ]);
  });

  test.each([diamond, selenium, dryIce])('are none in what is no layered crystal', (crystal) => {
    expect(exfoliate(crystal)).toEqual([]);
  });
});
