import { describe, expect, it, test } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import { assign } from '@/kernels/crystal/assignment';
import { cellVolume } from '@/kernels/crystal/cell';
import { examples } from '@/kernels/crystal/examples.data';
import { fingerprint, fingerprintDistance } from '@/kernels/crystal/fingerprint';
import { determinant, inverse, multiply, rowTimesMatrix } from '@/kernels/crystal/linear';
import { matchStructures } from '@/kernels/crystal/match-structures';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { prototypeOf } from '@/kernels/crystal/prototype';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { analyzeSymmetry, loadSymmetry } from '@/kernels/crystal/symmetry';
import { build, diamond, inCell, monoclinic, rockSalt, triclinic, turned, wurtzite } from './support';

loadSymmetry(readMoyoWasm());

const byId = (id: string) => parseStructure(examples.find((example) => example.id === id)!.structure);
const crystals = [
  diamond,
  rockSalt,
  wurtzite,
  monoclinic,
  triclinic,
  ...examples
    .map(({ structure }) => parseStructure(structure))
    .filter(({ periodic, sites }) => periodic.every(Boolean) && sites.length <= 16),
];

type Random = () => number;
const whole = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1));
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Rows of determinant 1 to 4, so that the cell repeats up to four times. */
function supercellRows(random: Random): Matrix3 {
  for (;;) {
    const rows = [0, 1, 2].map(() => [0, 1, 2].map(() => whole(random, -1, 2))) as Matrix3;
    const size = Math.abs(determinant(rows));
    if (size >= 1 && size <= 4) return rows;
  }
}

function rotation(random: Random): Matrix3 {
  const q = [0, 1, 2, 3].map(() => normal(random));
  const length = Math.hypot(...q);
  const [w, x, y, z] = q.map((v) => v / length) as [number, number, number, number];
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)],
    [2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)],
    [2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)],
  ];
}

/** The same crystal written otherwise, and a little scaled and shaken. */
function disguise(structure: Structure, random: Random, shakeAngstrom: number): Structure {
  const large = inCell(structure, supercellRows(random));
  const scale = 1 + 0.06 * (random() - 0.5);
  const cellAngstrom = multiply(large.cellAngstrom!, rotation(random)).map((row) =>
    row.map((x) => scale * x),
  ) as Matrix3;
  const toFractional = inverse(cellAngstrom);
  const origin: Vector3 = [random(), random(), random()];
  const sites = large.sites.map((site) => {
    const kick = rowTimesMatrix([0, 0, 0].map(() => shakeAngstrom * normal(random)) as Vector3, toFractional);
    return { ...site, position: site.position.map((x, i) => x + origin[i]! + kick[i]!) as Vector3 };
  });
  for (let i = sites.length - 1; i > 0; i--) {
    const j = whole(random, 0, i);
    [sites[i], sites[j]] = [sites[j]!, sites[i]!];
  }
  return { ...large, cellAngstrom, sites };
}

describe('matchStructures', () => {
  it('recognises 500 crystals in other cells, turned, moved, scaled by up to 3 % and shaken', {
    timeout: 120_000,
  }, () => {
    const random = createRandom(6);
    const missed: string[] = [];
    for (let n = 0; n < 500; n++) {
      const crystal = crystals[n % crystals.length]!;
      const other = disguise(crystal, random, 0.02);
      const match = matchStructures(crystal, other);
      if (!match || match.rms > 0.05) missed.push(`${n} (${n % crystals.length}): ${match?.rms}`);
    }
    expect(missed).toEqual([]);
  });

  it('gives no distance where nothing was shaken, and the scale', () => {
    const random = createRandom(7);
    for (const crystal of crystals) {
      const other = disguise(crystal, random, 0);
      const expected = Math.cbrt(
        cellVolume(other.cellAngstrom!) /
          other.sites.length /
          (cellVolume(crystal.cellAngstrom!) / crystal.sites.length),
      );
      const match = matchStructures(crystal, other)!;
      expect(match.rms).toBeLessThan(1e-3);
      expect(match.scale).toBeCloseTo(expected, 10);
    }
  });

  it('answers the same whichever stands first', () => {
    const random = createRandom(8);
    for (let n = 0; n < 60; n++) {
      const a = crystals[whole(random, 0, crystals.length - 1)]!;
      const b = n % 2 ? crystals[whole(random, 0, crystals.length - 1)]! : disguise(a, random, 0.15);
      const [there, back] = [matchStructures(a, b), matchStructures(b, a)];
      expect(back === null).toBe(there === null);
      if (there) {
        expect(back!.rms).toBe(there.rms);
        expect(back!.scale).toBeCloseTo(1 / there.scale, 12);
      }
    }
  });

  const zincblende = build(
    [
      [0, 2.705, 2.705],
      [2.705, 0, 2.705],
      [2.705, 2.705, 0],
    ],
    [
      ['Zn', 0, 0, 0],
      ['S', 0.25, 0.25, 0.25],
    ],
  );
  const wurtziteZnS = { ...wurtzite, sites: wurtzite.sites.map((site, i) => of(site, i < 2 ? 'Zn' : 'S')) };
  const rutile = build(
    [
      [4.594, 0, 0],
      [0, 4.594, 0],
      [0, 0, 2.959],
    ],
    [
      ['Ti', 0, 0, 0],
      ['Ti', 0.5, 0.5, 0.5],
      ['O', 0.305, 0.305, 0],
      ['O', 0.695, 0.695, 0],
      ['O', 0.195, 0.805, 0.5],
      ['O', 0.805, 0.195, 0.5],
    ],
  );
  const anatase = build(
    [
      [3.784, 0, 0],
      [0, 3.784, 0],
      [1.892, 1.892, 4.757],
    ],
    [
      ['Ti', 0, 0, 0],
      ['Ti', 0.75, 0.25, 0.5],
      ['O', 0.792, 0.792, 0.416],
      ['O', 0.208, 0.208, 0.584],
      ['O', 0.958, 0.458, 0.084],
      ['O', 0.542, 0.042, 0.916],
    ],
  );
  const caesiumChloride = build(
    [
      [4.12, 0, 0],
      [0, 4.12, 0],
      [0, 0, 4.12],
    ],
    [
      ['Na', 0, 0, 0],
      ['Cl', 0.5, 0.5, 0.5],
    ],
  );
  const swapped = (structure: Structure, [x, y]: readonly [string, string]): Structure => ({
    ...structure,
    sites: structure.sites.map((site) => of(site, site.species[0]!.element === x ? y : x)),
  });
  const fluorite = build(
    [
      [0, 2.73, 2.73],
      [2.73, 0, 2.73],
      [2.73, 2.73, 0],
    ],
    [
      ['Ca', 0, 0, 0],
      ['F', 0.25, 0.25, 0.25],
      ['F', 0.75, 0.75, 0.75],
    ],
  );
  const halfHeusler = (a: string, b: string, c: string) =>
    build(
      [
        [0, 3, 3],
        [3, 0, 3],
        [3, 3, 0],
      ],
      [
        [a, 0, 0, 0],
        [b, 0.25, 0.25, 0.25],
        [c, 0.5, 0.5, 0.5],
      ],
    );
  test.each([
    ['zincblende and wurtzite', zincblende, wurtziteZnS],
    ['rutile and anatase', rutile, anatase],
    ['rock salt and caesium chloride', rockSalt, caesiumChloride],
    ['CaF2 and FCa2', fluorite, swapped(fluorite, ['Ca', 'F'])],
    [
      'half-Heusler compounds with another atom in the middle',
      halfHeusler('Ti', 'Ni', 'Sn'),
      halfHeusler('Ni', 'Ti', 'Sn'),
    ],
    ['silicon and germanium', diamond, byId('germanium')],
  ])('%s are not the same', (_, a, b) => {
    const random = createRandom(9);
    for (let n = 0; n < 5; n++)
      expect(matchStructures(disguise(a, random, 0.01), disguise(b, random, 0.01))).toBeNull();
  });

  it('takes either end of a polar or zincblende crystal for the other', () => {
    expect(matchStructures(zincblende, swapped(zincblende, ['Zn', 'S']))!.rms).toBeLessThan(1e-6);
  });

  it('keeps to the tolerances that it is given', () => {
    const longer = stretched(rutile, 1.1);
    expect(matchStructures(rutile, longer)).not.toBeNull();
    expect(matchStructures(rutile, longer, { lengths: 0.03 })).toBeNull();
    const moved = { ...rutile, sites: rutile.sites.map((site, i) => (i === 2 ? shifted(site, 0.12) : site)) };
    expect(matchStructures(rutile, moved)).not.toBeNull();
    expect(matchStructures(rutile, moved, { sites: 0.1 })).toBeNull();
  });

  it.each([
    ['no-crystal', parseStructure({ sites: [{ element: 'O', cartesianAngstrom: [0, 0, 0] }] })],
    [
      'too-many-atoms',
      inCell(triclinic, [
        [14, 0, 0],
        [0, 10, 0],
        [0, 0, 10],
      ]),
    ],
  ])('refuses %s', (code, structure) => {
    expect(() => matchStructures(structure, rockSalt)).toThrow(expect.objectContaining({ code }));
  });
});

describe('assign', () => {
  it('finds the least sum of all permutations', () => {
    const random = createRandom(3);
    for (let n = 0; n < 30; n++) {
      const costs = Array.from({ length: 5 }, () => Array.from({ length: 5 }, () => random()));
      const sum = (columns: number[]) => columns.reduce((total, column, row) => total + costs[row]![column]!, 0);
      const least = Math.min(...permutations([0, 1, 2, 3, 4]).map(sum));
      const found = assign(costs);
      expect(new Set(found).size).toBe(5);
      expect(sum(found)).toBeCloseTo(least, 12);
    }
  });
});

describe('fingerprints', () => {
  it('do not change with the cell, the place, the size or the names of the elements', () => {
    const random = createRandom(10);
    for (const crystal of crystals) {
      const own = fingerprint(crystal);
      expect(fingerprintDistance(own, fingerprint(disguise(crystal, random, 0)))).toBeLessThan(1e-9);
    }
    const other = { ...rockSalt, sites: rockSalt.sites.map((site, i) => of(site, i ? 'O' : 'Mg')) };
    expect(fingerprintDistance(fingerprint(rockSalt), fingerprint(other))).toBeLessThan(1e-12);
  });

  it('are near for the shaken, and apart for others', () => {
    const random = createRandom(11);
    const near = fingerprintDistance(fingerprint(rockSalt), fingerprint(disguise(rockSalt, random, 0.03)));
    const far = fingerprintDistance(fingerprint(rockSalt), fingerprint(diamond));
    expect(near).toBeLessThan(0.02);
    expect(far).toBeGreaterThan(0.1);
    // Rock salt without its elements is a simple cubic lattice: the like pairs tell them apart.
    const cubic = build(
      [
        [3, 0, 0],
        [0, 3, 0],
        [0, 0, 3],
      ],
      [['Po', 0, 0, 0]],
    );
    expect(fingerprintDistance(fingerprint(rockSalt), fingerprint(cubic))).toBeGreaterThan(0.05);
  });
});

describe('prototypes', () => {
  const keyOf = (structure: Structure) => prototypeOf(structure, analyzeSymmetry(structure));

  it('are the same for other elements, cells and origins', () => {
    const magnesia = { ...rockSalt, sites: rockSalt.sites.map((site, i) => of(site, i ? 'O' : 'Mg')) };
    const doubled = inCell(turned(magnesia), [
      [1, 1, 0],
      [1, -1, 0],
      [0, 0, 1],
    ]);
    expect(keyOf(rockSalt)).toMatchObject({ pearson: 'cF8' });
    expect(keyOf(doubled)).toEqual(keyOf(rockSalt));
    const perovskite = (origin: 'A' | 'B') =>
      build(
        [
          [3.9, 0, 0],
          [0, 3.9, 0],
          [0, 0, 3.9],
        ],
        origin === 'A'
          ? [
              ['Sr', 0, 0, 0],
              ['Ti', 0.5, 0.5, 0.5],
              ['O', 0.5, 0.5, 0],
              ['O', 0.5, 0, 0.5],
              ['O', 0, 0.5, 0.5],
            ]
          : [
              ['Sr', 0.5, 0.5, 0.5],
              ['Ti', 0, 0, 0],
              ['O', 0, 0, 0.5],
              ['O', 0, 0.5, 0],
              ['O', 0.5, 0, 0],
            ],
      );
    expect(keyOf(perovskite('A'))).toEqual(keyOf(perovskite('B')));
  });

  it('are others for other crystals', () => {
    const keys = crystals.map((crystal) => keyOf(crystal).key);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keyOf(diamond).pearson).toBe('cF8');
    expect(keyOf(diamond).key).not.toBe(keyOf(rockSalt).key);
    expect(keyOf(wurtzite).pearson).toBe('hP4');
  });
});

const of = (site: Structure['sites'][number], element: string) => ({
  ...site,
  species: [{ element, concentration: 1 }],
});
const shifted = (site: Structure['sites'][number], by: number) => ({
  ...site,
  position: [site.position[0], site.position[1], site.position[2] + by] as Vector3,
});
const stretched = (structure: Structure, by: number): Structure => ({
  ...structure,
  cellAngstrom: structure.cellAngstrom!.map(([x, y, z]) => [x, y, by * z]) as Matrix3,
});
const permutations = (items: number[]): number[][] =>
  items.length < 2
    ? [items]
    : items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
