import { describe, expect, it } from 'vitest';
import { cellParameters, cellVolume } from '@/kernels/crystal/cell';
import { applyEdit } from '@/kernels/crystal/edit/apply-edit';
import { determinant, rowTimesMatrix, subtract } from '@/kernels/crystal/linear';
import type { Matrix3, Structure } from '@/kernels/crystal/schema';
import { diamond, monoclinic, rockSalt, skewRows, triclinic, wurtzite } from '../support';
import {
  distinctPlaces,
  elementOf,
  example,
  expectBadEdit,
  expectSame,
  largestDifference,
  surroundings,
  water,
} from './support';

const supercell = (structure: Structure, matrix: Matrix3) => applyEdit(structure, { do: 'supercell', matrix });
const diagonal = (a: number, b: number, c: number): Matrix3 => [
  [a, 0, 0],
  [0, b, 0],
  [0, 0, c],
];
const cubic: Matrix3 = [
  [-1, 1, 1],
  [1, -1, 1],
  [1, 1, -1],
];

describe('a supercell', () => {
  it.each<[string, Structure, Matrix3]>([
    ['diagonal', wurtzite, diagonal(2, 3, 1)],
    ['skew', triclinic, skewRows],
    ['left-handed', monoclinic, diagonal(2, -1, 1)],
    [
      'with a large negative determinant',
      rockSalt,
      [
        [1, 4, -2],
        [3, 1, 0],
        [2, -5, 1],
      ],
    ],
  ])('has each site |det| times at places of its own: %s', (_, structure, matrix) => {
    const copies = Math.abs(determinant(matrix));
    const larger = supercell(structure, matrix);
    expect(larger.sites).toHaveLength(copies * structure.sites.length);
    expect(distinctPlaces(larger)).toBe(larger.sites.length);
    // In the old cell each copy is a whole number of vectors away from its site.
    const steps = larger.sites.flatMap(({ position }, i) =>
      subtract(rowTimesMatrix(position, matrix), structure.sites[Math.floor(i / copies)]!.position),
    );
    expect(largestDifference(steps, steps.map(Math.round))).toBeLessThan(1e-10);
    expect(larger.sites.every(({ position }) => position.every((x) => x >= 0 && x < 1))).toBe(true);
    expect(cellVolume(larger.cellAngstrom!)).toBeCloseTo(copies * cellVolume(structure.cellAngstrom!), 8);
    expect(
      determinant(larger.cellAngstrom!) * determinant(structure.cellAngstrom!) * determinant(matrix),
    ).toBeGreaterThan(0);
  });

  it('leaves every atom its surroundings, all copies of the first site first', () => {
    const skewed: Matrix3 = [
      [2, 1, 0],
      [0, 1, -2],
      [1, 1, 1],
    ];
    const bulk = surroundings(triclinic, 5);
    const larger = surroundings(supercell(triclinic, skewed), 5);
    const copies = Math.abs(determinant(skewed));
    expect(copies).toBe(4);
    expect(larger).toEqual(bulk.flatMap((around) => Array(copies).fill(around)));
  });

  it('of the primitive fcc cell is the cubic one of eight atoms', () => {
    const cell = supercell(diamond, cubic);
    expect(cell.cellAngstrom).toEqual(diagonal(5.431, 5.431, 5.431));
    expect(cell.sites).toHaveLength(8);
  });

  it('keeps labels, moments, charges, masses and shared sites', () => {
    const extras = { label: 'up', momentBohrMagneton: 2, chargeE: 1, massU: 57 };
    const species = [
      { element: 'Fe', concentration: 0.5 },
      { element: 'Ni', concentration: 0.5 },
    ];
    const alloy: Structure = {
      ...rockSalt,
      sites: [{ ...rockSalt.sites[0]!, ...extras, species }, rockSalt.sites[1]!],
    };
    const sites = supercell(alloy, diagonal(1, 1, 2)).sites;
    expect(sites[1]).toMatchObject({ ...extras, species });
    expect(sites[1]!.position).toEqual([0, 0, 0.5]);
    expect(elementOf({ ...alloy, sites }, 2)).toBe('Cl');
  });

  it('has thirds that are the doubles nearest to them', () => {
    expect(
      supercell(rockSalt, diagonal(3, 1, 1))
        .sites.slice(0, 3)
        .map(({ position }) => position[0]),
    ).toEqual([0, 1 / 3, 2 / 3]);
  });

  it('of a layer repeats in its plane and not across', () => {
    const layer: Structure = { ...wurtzite, periodic: [true, true, false] };
    expect(supercell(layer, diagonal(2, 2, 1)).sites).toHaveLength(16);
    expectBadEdit(() => supercell(layer, diagonal(1, 1, 2)), /not periodic along c/);
  });

  it('is refused without a cell, with a singular matrix and beyond 20,000 atoms', () => {
    expectBadEdit(() => supercell(water, diagonal(2, 1, 1)), /no cell/);
    expectBadEdit(
      () =>
        supercell(rockSalt, [
          [1, 2, 3],
          [2, 4, 6],
          [0, 0, 1],
        ]),
      /determinant of the matrix is 0/,
    );
    expect(supercell(rockSalt, diagonal(100, 100, 1)).sites).toHaveLength(20_000);
    expectBadEdit(() => supercell(rockSalt, diagonal(101, 100, 1)), /20200 atoms; at most 20000/);
    expectBadEdit(() => supercell(rockSalt, diagonal(1e9, 1e9, 1e9)), /at most 1000/);
  });
});

describe('the Niggli cell', () => {
  it('brings a skew cell back to the shortest vectors, with the same surroundings and volume', () => {
    const skew = supercell(rockSalt, [
      [1, 5, 0],
      [0, 1, -3],
      [0, 0, 1],
    ]);
    const reduced = applyEdit(skew, { do: 'niggli' });
    const { lengthsAngstrom } = cellParameters(reduced.cellAngstrom!);
    for (const length of lengthsAngstrom) expect(length).toBeCloseTo(5.64 / Math.SQRT2, 8);
    expect(surroundings(reduced, 4.5)).toEqual(surroundings(rockSalt, 4.5));
    expectBadEdit(
      () => applyEdit({ ...skew, periodic: [true, true, false] }, { do: 'niggli' }),
      /not periodic along c/,
    );
  });
});

describe('a changed cell', () => {
  const strain = (structure: Structure, e: Matrix3) => applyEdit(structure, { do: 'strain', strain: e });

  it('under strain has the volume det(1 + e) and the same fractions; small strains add to distances', () => {
    const e: Matrix3 = [
      [0.02, 0.01, 0],
      [0.01, -0.03, 0.005],
      [0, 0.005, 0.01],
    ];
    const strained = strain(triclinic, e);
    const ratio = 1.02 * (0.97 * 1.01 - 0.005 ** 2) - 0.01 * 0.01 * 1.01;
    expect(cellVolume(strained.cellAngstrom!) / cellVolume(triclinic.cellAngstrom!)).toBeCloseTo(ratio, 12);
    expect(strained.sites).toEqual(triclinic.sites);
    expect(strain(rockSalt, diagonal(0.1, 0, 0)).cellAngstrom![1]![0]).toBeCloseTo(1.1 * 2.82, 12);
  });

  it('is refused for a strain that is not symmetric or leaves no volume', () => {
    expectBadEdit(
      () =>
        strain(rockSalt, [
          [0, 1e-11, 0],
          [0, 0, 0],
          [0, 0, 0],
        ]),
      /not symmetric/,
    );
    expectBadEdit(() => strain(rockSalt, diagonal(-1, 0, 0)), /flat/);
    expectBadEdit(() => strain(rockSalt, diagonal(-2, -2, 0)), /inside out/);
    expectBadEdit(() => strain(water, diagonal(0, 0, 0)), /no cell/);
  });

  it('of given lengths and angles has them and keeps the fractions', () => {
    const lengthsAngstrom: [number, number, number] = [4, 5, 6];
    const anglesDegrees: [number, number, number] = [80, 95, 110];
    const changed = applyEdit(triclinic, { do: 'cell', lengthsAngstrom, anglesDegrees });
    const found = cellParameters(changed.cellAngstrom!);
    lengthsAngstrom.forEach((length, i) => void expect(found.lengthsAngstrom[i]).toBeCloseTo(length, 10));
    anglesDegrees.forEach((angle, i) => void expect(found.anglesDegrees[i]).toBeCloseTo(angle, 10));
    expect(changed.sites).toEqual(triclinic.sites);
  });

  it.each([[[120, 120, 120]], [[30, 30, 90]], [[270, 90, 90]], [[90, 90, 180]]])(
    'is refused for the angles %j, that no cell has',
    (anglesDegrees) => {
      expectBadEdit(
        () =>
          applyEdit(example('silicon'), {
            do: 'cell',
            lengthsAngstrom: [5, 5, 5],
            anglesDegrees: anglesDegrees as [number, number, number],
          }),
        /No cell has the angles/,
      );
    },
  );

  it('is the same after a supercell of one', () => {
    expectSame(supercell(wurtzite, diagonal(1, 1, 1)), wurtzite);
  });
});
