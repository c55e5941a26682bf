import { describe, expect, it } from 'vitest';
import { cellFromParameters, cellParameters } from '@/kernels/crystal/cell';
import { inverse, multiply, rowTimesMatrix, transpose } from '@/kernels/crystal/linear';
import { operationsOfHall, spaceGroupType } from '@/kernels/crystal/moyo';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { nearestPair } from '@/kernels/crystal/neighbours';
import { applyOperation, cartesianRotation, composeOperations, latticeDistance } from '@/kernels/crystal/operations';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { structureHash } from '@/kernels/crystal/structure-hash';
import { analyzeSymmetry, loadSymmetry } from '@/kernels/crystal/symmetry';
import {
  type Atom,
  build,
  diamond,
  inCell,
  monoclinic,
  rockSalt,
  skewRows,
  triclinic,
  turned,
  wurtzite,
} from './support';

loadSymmetry(readMoyoWasm());

const crystals: [name: string, structure: Structure, group: number, operations: number][] = [
  ['fcc primitive', rockSalt, 225, 48],
  ['diamond', diamond, 227, 48],
  ['hexagonal', wurtzite, 186, 12],
  ['monoclinic', monoclinic, 14, 4],
  ['triclinic', triclinic, 2, 2],
];

const variants = crystals.flatMap(([name, structure, group, operations]) => [
  { name, structure, group, operations },
  { name: `${name}, skewed`, structure: inCell(structure, skewRows), group, operations },
  { name: `${name}, turned`, structure: turned(structure), group, operations },
]);

describe.each(variants)('the symmetry of a $name cell', ({ structure, group, operations: count }) => {
  const symmetry = analyzeSymmetry(structure);

  it('has the right space group and number of operations, the identity first', () => {
    expect(symmetry.spaceGroupNumber).toBe(group);
    expect(symmetry.operations).toHaveLength(count);
    expect(symmetry.operations[0]).toEqual({
      rotation: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      translation: [0, 0, 0],
    });
  });

  it('carries each site onto a site of its kind', () => {
    for (const operation of symmetry.operations) {
      for (const { position, species } of structure.sites) {
        const image = applyOperation(operation, position);
        const target = structure.sites.find((s) => latticeDistance(s.position, image, structure.cellAngstrom!) < 1e-3);
        expect(target?.species).toEqual(species);
      }
    }
  });

  it('preserves lengths and angles: W^T G W = G, and R is orthogonal', () => {
    const cell = structure.cellAngstrom!;
    const metric = multiply(cell, transpose(cell));
    for (const { rotation } of symmetry.operations) {
      expectClose(multiply(multiply(transpose(rotation), metric), rotation), metric, 1e-3);
      const r = cartesianRotation(rotation, cell);
      expectClose(
        multiply(r, transpose(r)),
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        1e-4,
      );
    }
  });

  it('is a group', () => {
    const key = ({ rotation, translation }: (typeof symmetry.operations)[0]) =>
      `${rotation.flat()} ${translation.map((t) => (Math.round(1e4 * (t - Math.floor(t))) % 1e4) / 1e4)}`;
    const keys = new Set(symmetry.operations.map(key));
    expect(keys.size).toBe(count);
    for (const a of symmetry.operations.slice(0, 12)) {
      for (const b of symmetry.operations) expect(keys.has(key(composeOperations(a, b)))).toBe(true);
    }
  });

  it('has primitive and conventional cells of the same crystal', () => {
    const nearest = nearestPair(structure)!.distanceAngstrom;
    for (const derived of [symmetry.primitive, symmetry.conventional, symmetry.standardPrimitive]) {
      expect(analyzeSymmetry(derived, { toleranceAngstrom: 1e-3 }).spaceGroupNumber).toBe(group);
      expect(nearestPair(derived)!.distanceAngstrom).toBeCloseTo(nearest, 4);
    }
    expect(symmetry.primitive.sites.length).toBe(symmetry.standardPrimitive.sites.length);
    expect(analyzeSymmetry(symmetry.primitive).isPrimitive).toBe(true);
  });

  it('turns its own vectors into the conventional ones by conventionalFromOwn', () => {
    const rows = multiply(transpose(symmetry.conventionalFromOwn), structure.cellAngstrom!);
    const conventional = symmetry.conventional.cellAngstrom!;
    expectClose(multiply(rows, transpose(rows)), multiply(conventional, transpose(conventional)), 1e-3);
  });
});

describe('analyzeSymmetry', () => {
  it('names wurtzite as the field does', () => {
    const symmetry = analyzeSymmetry(wurtzite);
    expect(symmetry).toMatchObject({
      symbol: 'P6_3mc',
      pointGroup: '6mm',
      crystalSystem: 'hexagonal',
      bravais: 'hP',
      hasInversion: false,
      wyckoffLetters: ['b', 'b', 'b', 'b'],
      orbits: [0, 0, 2, 2],
    });
    expect(symmetry.siteSymmetries[0]).toContain('3m');
  });

  it('gives a primitive structure back unchanged, and rock salt eight atoms in its conventional cell', () => {
    const symmetry = analyzeSymmetry(rockSalt);
    expect(structureHash(symmetry.primitive)).toBe(structureHash(rockSalt));
    expect(symmetry.conventional.sites).toHaveLength(8);
    expectClose(
      symmetry.conventional.cellAngstrom!,
      [
        [5.64, 0, 0],
        [0, 5.64, 0],
        [0, 0, 5.64],
      ],
      1e-9,
    );
  });

  it('keeps the orientation in the primitive cell of a supercell', () => {
    const large = inCell(rockSalt, [
      [-1, 1, 1],
      [1, -1, 1],
      [1, 1, -1],
    ]);
    const { primitive, operations, isPrimitive } = analyzeSymmetry(large);
    expect([large.sites.length, primitive.sites.length, operations.length, isPrimitive]).toEqual([8, 2, 192, false]);
    for (const row of primitive.cellAngstrom!) {
      const inOwn = rowTimesMatrix(row, inverse(rockSalt.cellAngstrom!));
      inOwn.forEach((x) => void expect(x).toBeCloseTo(Math.round(x), 9));
    }
  });

  it('keeps only the operations that a supercell of lower symmetry allows, and its translations', () => {
    const large = inCell(rockSalt, [
      [1, 1, 0],
      [-1, 2, 0],
      [0, 1, 1],
    ]);
    const { operations, spaceGroupNumber, primitive } = analyzeSymmetry(large);
    expect([large.sites.length, spaceGroupNumber, operations.length, primitive.sites.length]).toEqual([6, 225, 24, 2]);
    for (const operation of operations) {
      expect(operation.rotation.flat().every(Number.isInteger)).toBe(true);
      for (const { position, species } of large.sites) {
        const image = applyOperation(operation, position);
        const target = large.sites.find((s) => latticeDistance(s.position, image, large.cellAngstrom!) < 1e-3);
        expect(target?.species).toEqual(species);
      }
    }
  });

  it.each([14, 7, 13, 4, 15, 9, 5, 12])(
    'has short axes and the standard setting in the monoclinic group %d',
    (number) => {
      const own = cellFromParameters({ lengthsAngstrom: [9.9, 10.7, 10.5], anglesDegrees: [90, 100, 90] });
      const operations = operationsOfHall(spaceGroupType(number).hall_number);
      const orbit = (element: string, place: Vector3): Atom[] =>
        operations.map((operation): Atom => [element, ...applyOperation(operation, place)]);
      const crystal = build(own, [...orbit('Cu', [0.13, 0.06, 0.21]), ...orbit('S', [0.31, 0.22, 0.09])]);
      const { conventional, spaceGroupNumber } = analyzeSymmetry(inCell(crystal, skewRows));
      expect(spaceGroupNumber).toBe(number);
      const { lengthsAngstrom, anglesDegrees } = cellParameters(conventional.cellAngstrom!);
      const sorted = [lengthsAngstrom[0], lengthsAngstrom[2]].toSorted((x, y) => x - y);
      expect(sorted[0]).toBeCloseTo(9.9, 6);
      expect(sorted[1]).toBeCloseTo(10.5, 6);
      expect(anglesDegrees[1]).toBeCloseTo(100, 6);
      for (const operation of operations) {
        for (const { position, species } of conventional.sites) {
          const image = applyOperation(operation, position);
          const target = conventional.sites.find(
            (s) => latticeDistance(s.position, image, conventional.cellAngstrom!) < 1e-3,
          );
          expect(target?.species).toEqual(species);
        }
      }
    },
  );

  it('takes sites with other moments, charges or masses for other kinds, and labels for nothing', () => {
    const withSite = (extra: object) => {
      const sites = structuredClone(diamond.sites);
      Object.assign(sites[1]!, extra);
      return analyzeSymmetry({ ...diamond, sites }).spaceGroupNumber;
    };
    expect(withSite({ label: 'Si2' })).toBe(227);
    expect(withSite({ momentBohrMagneton: 1 })).toBe(216);
    expect(withSite({ massU: 30 })).toBe(216);
    expect(withSite({ chargeE: 1 })).toBe(216);
  });

  it('refuses molecules, great numbers and coinciding atoms with a sentence', () => {
    expect(() => analyzeSymmetry({ ...diamond, cellAngstrom: null })).toThrow(/without a cell/);
    expect(() => analyzeSymmetry(diamond, { maximumSites: 1 })).toThrow(/this one has 2/);
    const heap = { ...diamond, sites: [diamond.sites[0]!, diamond.sites[0]!] };
    expect(() => analyzeSymmetry(heap)).toThrow(/on top of each other/);
  });
});

function expectClose(actual: Matrix3, expected: Matrix3, tolerance: number): void {
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) expect(Math.abs(actual[i]![j]! - expected[i]![j]!)).toBeLessThan(tolerance);
}
