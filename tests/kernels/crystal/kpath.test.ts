import { describe, expect, it } from 'vitest';
import { cellFromParameters, reciprocalCell } from '@/kernels/crystal/cell';
import { type BandPath, bandPath } from '@/kernels/crystal/kpath';
import { pathTables } from '@/kernels/crystal/kpath.data';
import { dot, matrixTimesColumn, multiply, norm, rowTimesMatrix, subtract, transpose } from '@/kernels/crystal/linear';
import { operationsOfHall, spaceGroupType } from '@/kernels/crystal/moyo';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { niggliTransformation } from '@/kernels/crystal/niggli';
import { applyOperation, cartesianRotation, reciprocalRotation } from '@/kernels/crystal/operations';
import { samplePath } from '@/kernels/crystal/sample-path';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { analyzeSymmetry, loadSymmetry } from '@/kernels/crystal/symmetry';
import { type Atom, build, diamond, inCell, rockSalt, skewRows, turned, wurtzite } from './support';

loadSymmetry(readMoyoWasm());

/** A crystal with two kinds of atoms on general positions of a space group. */
function ofGroup(number: number, lengths: Vector3, angles: Vector3 = [90, 90, 90]): Structure {
  const cell = cellFromParameters({ lengthsAngstrom: lengths, anglesDegrees: angles });
  const operations = operationsOfHall(spaceGroupType(number).hall_number);
  const orbit = (element: string, place: Vector3): Atom[] =>
    operations.map(
      (operation): Atom => [element, ...(applyOperation(operation, place).map((x) => x - Math.floor(x)) as Vector3)],
    );
  return build(cell, [
    ...orbit('Cu', [0.137, 0.063, 0.211]),
    ...(number < 195 ? orbit('S', [0.31, 0.223, 0.087]) : []),
  ]);
}

const hexagonal: Vector3 = [90, 90, 120];
const cases: [symbol: string, structure: () => Structure][] = [
  ['cP1', () => ofGroup(198, [9, 9, 9])],
  ['cP2', () => ofGroup(221, [9, 9, 9])],
  ['cF1', () => ofGroup(196, [14, 14, 14])],
  ['cF2', () => ofGroup(216, [14, 14, 14])],
  ['cF2', () => diamond],
  ['cI1', () => ofGroup(199, [11, 11, 11])],
  ['tP1', () => ofGroup(76, [7, 7, 9])],
  ['tI1', () => ofGroup(79, [9, 9, 7])],
  ['tI2', () => ofGroup(79, [7, 7, 9])],
  ['tI2', () => ofGroup(82, [6, 6, 17])],
  ['oP1', () => ofGroup(19, [6, 7, 8])],
  ['oF1', () => ofGroup(22, [7, 12, 13])],
  ['oF1', () => ofGroup(22, [13, 7, 12])],
  ['oF2', () => ofGroup(43, [12, 13, 7])],
  ['oF3', () => ofGroup(43, [10, 11, 12])],
  ['oF3', () => ofGroup(22, [10, 9.5, 11])],
  ['oF1', () => ofGroup(42, [13, 7, 12])],
  ['oI1', () => ofGroup(23, [7, 8, 9])],
  ['oI2', () => ofGroup(46, [9, 8, 7])],
  ['oI3', () => ofGroup(46, [7, 9, 8])],
  ['oC1', () => ofGroup(36, [7, 9, 8])],
  ['oC2', () => ofGroup(36, [9, 7, 8])],
  ['oA1', () => ofGroup(38, [7, 8, 9])],
  ['oA2', () => ofGroup(38, [7, 9, 8])],
  ['hP1', () => ofGroup(143, [7, 7, 9], hexagonal)],
  ['hP2', () => ofGroup(150, [7, 7, 9], hexagonal)],
  ['hP2', () => wurtzite],
  ['hR1', () => ofGroup(155, [7, 7, 20], hexagonal)],
  ['hR2', () => ofGroup(155, [11, 11, 9], hexagonal)],
  ['mP1', () => ofGroup(4, [6, 7, 8], [90, 104, 90])],
  ['mP1', () => ofGroup(14, [6, 7, 8], [90, 71, 90])],
  ['mP1', () => ofGroup(13, [7.92, 8.53, 8.37], [90, 85.2, 90])],
  ['mP1', () => ofGroup(14, [9.9, 10.7, 10.5], [90, 107.9, 90])],
  ['mC1', () => ofGroup(5, [10, 6, 8], [90, 110, 90])],
  ['mC1', () => ofGroup(9, [10, 6, 7], [90, 75, 90])],
  ['mC2', () => ofGroup(5, [7, 10, 9], [90, 97, 90])],
  ['mC3', () => ofGroup(5, [7, 7.5, 9], [90, 108, 90])],
  ['aP2', () => ofGroup(1, [6, 7, 8], [80, 75, 70])],
  ['aP3', () => ofGroup(2, [6, 7, 8], [99, 103, 107])],
];

it('has a case for every extended Bravais symbol', () => {
  expect(new Set(cases.map(([symbol]) => symbol))).toEqual(new Set(Object.keys(pathTables)));
});

describe.each(cases)('the band path of %s', (symbol, make) => {
  const structure = analyzeSymmetry(make()).primitive;
  const symmetry = analyzeSymmetry(structure);
  const path = bandPath(structure, symmetry);
  const b = reciprocalCell(structure.cellAngstrom!);

  it('has the symbol, and segments between points that exist', () => {
    expect(path.bravaisSymbol).toBe(symbol);
    const labels = path.points.map(({ label }) => label);
    for (const [from, to] of path.segments) expect(labels).toEqual(expect.arrayContaining([from, to]));
    expect(path.folded).toBe(false);
  });

  it('keeps to the Brillouin zone', () => {
    for (const { label, fractional } of path.points) {
      const k = rowTimesMatrix(fractional, b);
      for (const g of shell(3)) {
        const distance = norm(subtract(k, rowTimesMatrix(g, b)));
        expect(distance, `${label} ${fractional} is nearer to ${g}`).toBeGreaterThan(norm(k) - 1e-4);
      }
    }
  });

  it('has special points: each has more symmetry than a general point beside it', () => {
    const rotations = symmetry.operations.map(({ rotation }) => reciprocalRotation(rotation));
    const order = (k: Vector3) =>
      [...rotations, ...rotations.map((m) => m.map((row) => row.map((x) => -x)) as Matrix3)].filter((m) => {
        const image = matrixTimesColumn(m, k);
        return image.every((x, i) => Math.abs(x - k[i]! - Math.round(x - k[i]!)) < 1e-3);
      }).length;
    for (const { label, fractional } of path.points) {
      const beside = fractional.map((x, i) => x + [0.0137, 0.0211, 0.0173][i]!) as Vector3;
      expect(order(fractional), label).toBeGreaterThan(order(beside));
    }
  });

  it('leads through the same points in a skewed, a turned and a conventional cell', () => {
    const conventional = inCell(structure, [
      [1, 1, 0],
      [-1, 1, 0],
      [0, 0, 1],
    ]);
    for (const [other, frame, folded] of [
      [inCell(structure, skewRows), structure, false],
      [turned(structure), turned(structure), false],
      [conventional, structure, true],
    ] as [Structure, Structure, boolean][]) {
      const again = bandPath(other);
      expect([again.bravaisSymbol, again.folded]).toEqual([symbol, folded]);
      expectSameUpToSymmetry(
        path,
        reciprocalCell(frame.cellAngstrom!),
        again,
        reciprocalCell(other.cellAngstrom!),
        frame,
      );
    }
  });
});

/** There is one rotation of the lattice that carries all points of one path onto those of the other. */
function expectSameUpToSymmetry(path: BandPath, b: Matrix3, other: BandPath, otherB: Matrix3, frame: Structure): void {
  const points = path.points.map(({ fractional }) => rowTimesMatrix(fractional, b));
  const others = other.points.map(({ fractional }) => rowTimesMatrix(fractional, otherB));
  const candidates = latticeRotations(frame.cellAngstrom!);
  const isSame = candidates.some((r) =>
    points.every((k, i) => norm(subtract(matrixTimesColumn(r, k), others[i]!)) < 1e-3),
  );
  expect(isSame).toBe(true);
}

/** All cartesian rotations, proper or not, that leave the lattice as it is. */
function latticeRotations(cell: Matrix3): Matrix3[] {
  const reduced = multiply(niggliTransformation(cell), cell);
  const metric = multiply(reduced, transpose(reduced));
  const candidates = shell(1).concat([[0, 0, 0]]);
  const lengths = candidates.map((v) => norm(rowTimesMatrix(v, reduced)));
  const images = [0, 1, 2].map((i) => candidates.filter((_, c) => Math.abs(lengths[c]! - norm(reduced[i]!)) < 1e-3));
  const found: Matrix3[] = [];
  for (const u of images[0]!)
    for (const v of images[1]!)
      for (const w of images[2]!) {
        const m = [u, v, w] as Matrix3;
        const image = multiply(multiply(m, metric), transpose(m));
        if (image.every((row, i) => row.every((x, j) => Math.abs(x - metric[i]![j]!) < 1e-2))) {
          found.push(cartesianRotation(transpose(m), reduced));
        }
      }
  return found;
}

function shell(reach: number): Vector3[] {
  const all: Vector3[] = [];
  for (let i = -reach; i <= reach; i++)
    for (let j = -reach; j <= reach; j++) for (let k = -reach; k <= reach; k++) if (i || j || k) all.push([i, j, k]);
  return all;
}

describe('published coordinates', () => {
  const at = (path: BandPath, label: string) => path.points.find((p) => p.label === label)!.fractional;

  it('of face-centred cubic, in the usual primitive cell', () => {
    const path = bandPath(analyzeSymmetry(rockSalt).standardPrimitive);
    expect(at(path, 'X')).toEqual([1 / 2, 0, 1 / 2]);
    expect(at(path, 'W')).toEqual([1 / 2, 1 / 4, 3 / 4]);
    expect(at(path, 'L')).toEqual([1 / 2, 1 / 2, 1 / 2]);
    expect(at(path, 'K')).toEqual([3 / 8, 3 / 8, 3 / 4]);
    expect(at(path, 'U')).toEqual([5 / 8, 1 / 4, 5 / 8]);
    expect(path.segments.map((s) => s.join('-')).join(' ')).toBe('Γ-X X-U K-Γ Γ-L L-W W-X');
  });

  it('of hexagonal and body-centred cubic crystals', () => {
    const hexagonalPath = bandPath(analyzeSymmetry(wurtzite).standardPrimitive);
    expect(at(hexagonalPath, 'K')).toEqual([1 / 3, 1 / 3, 0]);
    expect(at(hexagonalPath, 'M')).toEqual([1 / 2, 0, 0]);
    expect(at(hexagonalPath, 'H')).toEqual([1 / 3, 1 / 3, 1 / 2]);
    const iron = build(
      [
        [-1.43, 1.43, 1.43],
        [1.43, -1.43, 1.43],
        [1.43, 1.43, -1.43],
      ],
      [['Fe', 0, 0, 0]],
    );
    const path = bandPath(analyzeSymmetry(iron).standardPrimitive);
    expect(at(path, 'H')).toEqual([1 / 2, -1 / 2, 1 / 2]);
    expect(at(path, 'N')).toEqual([0, 0, 1 / 2]);
    expect(at(path, 'P')).toEqual([1 / 4, 1 / 4, 1 / 4]);
  });

  it('says that bands of a supercell are folded', () => {
    const large = inCell(rockSalt, [
      [2, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(bandPath(large)).toMatchObject({
      folded: true,
      note: expect.stringMatching(/4 atoms, and the primitive one 2/),
    });
  });
});

describe('niggliTransformation', () => {
  it('finds the shortest vectors, all angles of one kind, and the same cell again', () => {
    for (const angles of [
      [80, 75, 70],
      [99, 103, 107],
      [60, 60, 60],
      [90, 90, 120],
      [45, 100, 130],
    ] as Vector3[]) {
      const cell = multiply(skewRows, cellFromParameters({ lengthsAngstrom: [6, 7, 8], anglesDegrees: angles }));
      const reduced = multiply(niggliTransformation(cell), cell);
      const products = [dot(reduced[1], reduced[2]), dot(reduced[0], reduced[2]), dot(reduced[0], reduced[1])];
      expect(products.every((x) => x > 0) || products.every((x) => x < 1e-4)).toBe(true);
      const shortest = Math.min(...shell(4).map((v) => norm(rowTimesMatrix(v, reduced))));
      expect(norm(reduced[0])).toBeCloseTo(shortest, 6);
      expect(niggliTransformation(reduced)).toEqual([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]);
    }
  });
});

describe('samplePath', () => {
  const path = bandPath(diamond);
  const b = reciprocalCell(diamond.cellAngstrom!);

  it('gives the number of points asked for, labels at the named ones and both sides of a break', () => {
    const points = samplePath(path, b, { count: 60 });
    expect(points).toHaveLength(60);
    expect(points.filter((p) => p.label).map((p) => p.label)).toEqual(['Γ', 'X', 'U', 'K', 'Γ', 'L', 'W', 'X']);
    const k = points.findIndex((p) => p.label === 'K');
    expect(points[k]).toMatchObject({ startsPiece: true, distancePerAngstrom: points[k - 1]!.distancePerAngstrom });
    expect(points.filter((p) => p.startsPiece)).toHaveLength(2);
  });

  it('keeps the distance between points, and measures it along the path', () => {
    const points = samplePath(path, b, { distancePerAngstrom: 0.05 });
    points.slice(1).forEach((p, i) => {
      if (p.startsPiece) return;
      const step = norm(rowTimesMatrix(subtract(p.fractional, points[i]!.fractional), b));
      expect(step).toBeLessThanOrEqual(0.05 + 1e-9);
      expect(p.distancePerAngstrom - points[i]!.distancePerAngstrom).toBeCloseTo(step, 10);
    });
    expect(samplePath(path, b, { count: 1 })).toHaveLength(8);
    expect(() => samplePath(path, b, { distancePerAngstrom: 0 })).toThrow(/positive/);
    expect(() => samplePath(path, b, { count: 1e9 })).toThrow(/too long/);
  });
});
