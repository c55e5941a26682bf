import { describe, expect, it } from 'vitest';
import { applyEdit, applyEdits } from '@/kernels/crystal/edit/apply-edit';
import { describeEdit } from '@/kernels/crystal/edit/describe-edit';
import type { StructureEdit } from '@/kernels/crystal/edit/schema';
import { structureEditSchema } from '@/kernels/crystal/edit/schema';
import { norm, subtract } from '@/kernels/crystal/linear';
import type { Matrix3, Structure } from '@/kernels/crystal/schema';
import { cartesianPositions } from '@/kernels/crystal/structure';
import { structureHash } from '@/kernels/crystal/structure-hash';
import { diamond, rockSalt, triclinic } from '../support';
import {
  cubicAluminium,
  elementOf,
  expectBadEdit,
  expectSame,
  largestDifference,
  surroundings,
  water,
} from './support';

const large: Matrix3 = [
  [4, 0, 0],
  [0, 4, 0],
  [0, 0, 2],
];
const silicon64 = applyEdit(diamond, { do: 'supercell', matrix: large });
const elementsOf = (structure: Structure) => structure.sites.map((_, i) => elementOf(structure, i));
const count = (structure: Structure, element: string) => elementsOf(structure).filter((x) => x === element).length;

/** In a cell that is not reduced, so that each edit changes something. */
const skewRockSalt = applyEdit(rockSalt, {
  do: 'supercell',
  matrix: [
    [1, 0, 0],
    [2, 1, 0],
    [0, 0, 1],
  ],
});

const everyEdit: [StructureEdit, string][] = [
  [
    {
      do: 'supercell',
      matrix: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 1],
      ],
    },
    'Supercell 2 × 2 × 1',
  ],
  [
    {
      do: 'supercell',
      matrix: [
        [1, 1, 0],
        [-1, 1, 0],
        [0, 0, 1],
      ],
    },
    'Supercell of the vectors (1 1 0), (-1 1 0), (0 0 1)',
  ],
  [{ do: 'niggli' }, 'Niggli-reduced cell'],
  [
    {
      do: 'strain',
      strain: [
        [0.02, 0, 0],
        [0, 0.02, 0],
        [0, 0, 0.02],
      ],
    },
    'Strain of 2 % in all directions',
  ],
  [
    {
      do: 'strain',
      strain: [
        [0.01, 0.005, 0],
        [0.005, 0, 0],
        [0, 0, -0.01],
      ],
    },
    'Strain xx 1 %, xy 0.5 %, zz -1 %',
  ],
  [
    { do: 'cell', lengthsAngstrom: [5, 5, 6.5], anglesDegrees: [90, 90, 120] },
    'Cell 5 × 5 × 6.5 Å, angles 90°, 90°, 120°',
  ],
  [{ do: 'periodicity', periodic: [true, true, false], vacuumAngstrom: 20 }, 'Periodic along a and b, 20 Å of vacuum'],
  [
    { do: 'slab', miller: [1, 1, 1], layers: 4, vacuumAngstrom: 15, termination: 1 },
    'Slab (1 1 1), 4 layers, 15 Å of vacuum, termination 1',
  ],
  [{ do: 'add', element: 'H', cartesianAngstrom: [1, 0.5, -2] }, 'H added at (1, 0.5, -2) Å'],
  [{ do: 'remove', sites: [0] }, '1 atom removed'],
  [{ do: 'move', sites: [0], byAngstrom: [0, 0, 0.5] }, '1 atom moved by (0, 0, 0.5) Å'],
  [{ do: 'rotate', sites: [0, 1], axis: [0, 0, 1], degrees: 90 }, '2 atoms rotated by 90° about (0, 0, 1)'],
  [{ do: 'mirror', sites: [0, 1], normal: [1, 0, 0] }, '2 atoms mirrored in the plane across (1, 0, 0)'],
  [{ do: 'replace', sites: [0, 1, 0], element: 'Ge' }, '2 atoms replaced by Ge'],
  [{ do: 'substitute', element: 'Na', by: 'K', fraction: 0.25, seed: 1 }, 'Na replaced by K at 25 %'],
  [{ do: 'shake', rootMeanSquareAngstrom: 0.05, seed: 1 }, 'All atoms shaken by 0.05 Å'],
  [{ do: 'label', sites: [0], label: 'up' }, '1 atom labelled up'],
];

it.each(everyEdit)('%j is described, done without touching its input, and the same a second time', (edit, text) => {
  expect(describeEdit(edit)).toBe(text);
  const frozen = deepFreeze(structuredClone(skewRockSalt));
  const before = structureHash(frozen);
  const edited = applyEdit(frozen, deepFreeze(structureEditSchema.parse(edit)));
  expect(structureHash(frozen)).toBe(before);
  expect(structureHash(edited)).not.toBe(before);
  expect(structureHash(applyEdit(frozen, edit))).toBe(structureHash(edited));
});

describe('single atoms', () => {
  it('are added at fractions or in angstrom, into the cell', () => {
    const added = applyEdit(triclinic, { do: 'add', element: 'H', fractional: [1.25, -0.25, 0.5] });
    expect(added.sites.at(-1)).toEqual({ species: [{ element: 'H', concentration: 1 }], position: [0.25, 0.75, 0.5] });
    const place = cartesianPositions(added).at(-1)!;
    expectSame(applyEdit(triclinic, { do: 'add', element: 'H', cartesianAngstrom: place }), added);
    expect(applyEdit(water, { do: 'add', element: 'He', cartesianAngstrom: [3, 4, -5] }).sites[3]!.position).toEqual([
      3, 4, -5,
    ]);
  });

  it('are refused with no place, two places, a place that there is not, and an element that there is not', () => {
    expectBadEdit(() => applyEdit(rockSalt, { do: 'add', element: 'H' }), /neither is given/);
    expectBadEdit(
      () => applyEdit(rockSalt, { do: 'add', element: 'H', fractional: [0, 0, 0], cartesianAngstrom: [0, 0, 0] }),
      /both are given/,
    );
    expectBadEdit(() => applyEdit(water, { do: 'add', element: 'H', fractional: [0, 0, 0] }), /no cell/);
    expectBadEdit(
      () => applyEdit(rockSalt, { do: 'add', element: 'Xx', fractional: [0, 0, 0] }),
      /no element with the symbol "Xx"/,
    );
    expectBadEdit(() => applyEdit(rockSalt, { do: 'replace', sites: [0], element: 'Qq' }), /no element/);
    expectBadEdit(
      () => applyEdit(water, { do: 'add', element: 'H', cartesianAngstrom: [1e7, 0, 0] }),
      /beyond 1000000 Å/,
    );
  });

  it('are removed, but not all and not those that there are not', () => {
    expect(elementsOf(applyEdit(water, { do: 'remove', sites: [1, 1] }))).toEqual(['O', 'H']);
    expectBadEdit(() => applyEdit(water, { do: 'remove', sites: [2, 0, 1] }), /All atoms would be removed/);
    expectBadEdit(
      () => applyEdit(water, { do: 'remove', sites: [3] }),
      /no atom 4 \(index 3\): the structure has 3 atoms/,
    );
  });

  it('are replaced whole, with what belonged to the old atom gone and the sublattice kept', () => {
    const sites: Structure['sites'] = [
      {
        species: [{ element: 'Fe', concentration: 0.6 }],
        position: [0, 0, 0],
        label: 'up',
        momentBohrMagneton: 2,
        massU: 57,
        chargeE: 3,
      },
      { species: [{ element: 'Na', concentration: 1 }], position: [0.5, 0.5, 0.5], label: 'Na1' },
      { species: [{ element: 'N', concentration: 1 }], position: [0.2, 0.5, 0.5], label: 'Na1' },
    ];
    const replaced = applyEdit({ ...rockSalt, sites }, { do: 'replace', sites: [0, 1, 2], element: 'Co' });
    const species = [{ element: 'Co', concentration: 1 }];
    expect(replaced.sites).toEqual([
      { species, position: [0, 0, 0], label: 'up' },
      { species, position: [0.5, 0.5, 0.5] },
      { species, position: [0.2, 0.5, 0.5], label: 'Na1' },
    ]);
  });

  it('are labelled, and lose it with an empty word', () => {
    const labelled = applyEdit(water, { do: 'label', sites: [1], label: 'up' });
    expect(labelled.sites.map(({ label }) => label)).toEqual([undefined, 'up', undefined]);
    expect(structureHash(applyEdit(labelled, { do: 'label', sites: [1], label: '' }))).toBe(structureHash(water));
  });
});

describe('motion', () => {
  it('by a lattice vector changes nothing, of one atom or of all', () => {
    const byAngstrom = triclinic.cellAngstrom![0]!.map((x, i) => x - 2 * triclinic.cellAngstrom![2]![i]!) as [
      number,
      number,
      number,
    ];
    for (const sites of [[0], [1], [0, 1]])
      expectSame(applyEdit(triclinic, { do: 'move', sites, byAngstrom }), triclinic);
  });

  it('by a vector and back changes nothing, and keeps a molecule at the wall in one piece', () => {
    const away = applyEdit(triclinic, { do: 'move', sites: [1], byAngstrom: [0.3, -0.2, 0.9] });
    expectSame(applyEdit(away, { do: 'move', sites: [1], byAngstrom: [-0.3, 0.2, -0.9] }), triclinic);
    expect(subtract(cartesianPositions(away)[1]!, cartesianPositions(triclinic)[1]!)[2]).toBeCloseTo(0.9, 10);
    const box = applyEdit(water, { do: 'periodicity', periodic: [true, true, true], vacuumAngstrom: 5 });
    const moved = applyEdit(box, { do: 'move', sites: [0, 1, 2], byAngstrom: [0, 2.6, 17] });
    const span = (structure: Structure) => {
      const places = cartesianPositions(structure);
      return norm(subtract(places[1]!, places[2]!));
    };
    expect(span(moved)).toBeCloseTo(2 * 0.7572, 10);
  });

  it('across the open side of a slab is not wrapped', () => {
    const slab: Structure = { ...rockSalt, periodic: [true, true, false] };
    const c = slab.cellAngstrom![2]!;
    expect(applyEdit(slab, { do: 'move', sites: [0], byAngstrom: c }).sites[0]!.position[2]).toBeCloseTo(1, 12);
  });

  it.each([
    ['a molecule', water, [0, 1, 2]],
    ['a crystal', triclinic, [1, 2]],
  ])('of %s: 360 degrees, four quarters, and a mirror twice give it back', (_, structure, sites) => {
    const axis: [number, number, number] = [1, -2, 0.5];
    const quarter: StructureEdit = { do: 'rotate', sites, axis, degrees: 90 };
    const mirror: StructureEdit = { do: 'mirror', sites, normal: axis };
    expectSame(applyEdit(structure, { ...quarter, degrees: 360 }), structure);
    expectSame(applyEdit(structure, { ...quarter, degrees: 3600000 }), structure);
    expectSame(applyEdits(structure, Array(4).fill(quarter)), structure);
    expectSame(applyEdits(structure, [mirror, mirror]), structure);
    expect(structureHash(applyEdit(structure, quarter))).not.toBe(structureHash(structure));
  });

  it('turns right-handed about the middle of the atoms, and leaves the others', () => {
    const turned = cartesianPositions(applyEdit(water, { do: 'rotate', sites: [1, 2], axis: [0, 0, 3], degrees: 90 }));
    const expected = [
      [0, 0, 0.1173],
      [-0.7572, 0, -0.4692],
      [0.7572, 0, -0.4692],
    ];
    expect(largestDifference(turned.flat(), expected.flat())).toBeLessThan(1e-12);
    const mirrored = applyEdit(water, { do: 'mirror', sites: [0, 1], normal: [0, 0, 2] });
    expect(mirrored.sites[0]!.position[2]).toBeCloseTo(-0.4692, 12);
    expect(surroundings(applyEdit(water, { do: 'rotate', sites: [0, 1, 2], axis: [1, 1, 0], degrees: 33 }), 2)).toEqual(
      surroundings(water, 2),
    );
  });

  it('is refused about an axis of zeros', () => {
    expectBadEdit(
      () => applyEdit(water, { do: 'rotate', sites: [0], axis: [0, 0, 0], degrees: 10 }),
      /axis of rotation is \(0, 0, 0\)/,
    );
    expectBadEdit(
      () => applyEdit(water, { do: 'mirror', sites: [0], normal: [0, 0, 0] }),
      /normal of the mirror plane/,
    );
  });
});

describe('substitution', () => {
  const substitute = (structure: Structure, fraction: number, seed = 7) =>
    applyEdit(structure, { do: 'substitute', element: 'Si', by: 'Ge', fraction, seed });

  it('replaces the nearest number, at least one, at most all', () => {
    const numbers = [0.001, 0.25, 0.26, 1].map((fraction) => count(substitute(silicon64, fraction), 'Ge'));
    expect(silicon64.sites).toHaveLength(64);
    expect(numbers).toEqual([1, 16, 17, 64]);
  });

  it('is the same for a seed, another for another, and takes all atoms equally often', () => {
    expect(elementsOf(substitute(silicon64, 0.25))).toEqual(elementsOf(substitute(silicon64, 0.25)));
    expect(elementsOf(substitute(silicon64, 0.25, 8))).not.toEqual(elementsOf(substitute(silicon64, 0.25)));
    const times: number[] = Array(64).fill(0);
    for (let seed = 0; seed < 1000; seed++) {
      const drawn = elementsOf(substitute(silicon64, 0.25, seed));
      for (let i = 0; i < 64; i++) if (drawn[i] === 'Ge') times[i]!++;
    }
    // 250 on average with a standard deviation of 14.
    expect(Math.min(...times)).toBeGreaterThan(190);
    expect(Math.max(...times)).toBeLessThan(310);
  });

  it('is refused without such atoms, on partly occupied sites, and by itself', () => {
    expectBadEdit(() => substitute(rockSalt, 0.5), /no atom of Si/);
    const alloy: Structure = {
      ...diamond,
      sites: [diamond.sites[0]!, { ...diamond.sites[1]!, species: [{ element: 'Si', concentration: 0.5 }] }],
    };
    expectBadEdit(() => substitute(alloy, 0.5), /atom 2 \(Si\) is partly occupied/);
    expectBadEdit(
      () => applyEdit(diamond, { do: 'substitute', element: 'Si', by: 'Si', fraction: 1, seed: 0 }),
      /by itself/,
    );
  });
});

describe('shaking', () => {
  const shake = (structure: Structure, seed: number) =>
    applyEdit(structure, { do: 'shake', rootMeanSquareAngstrom: 0.1, seed });

  it('has the root mean square and the fourth moment of a normal distribution', () => {
    const crystal = applyEdit(cubicAluminium, {
      do: 'supercell',
      matrix: [
        [10, 0, 0],
        [0, 10, 0],
        [0, 0, 10],
      ],
    });
    const before = cartesianPositions(crystal);
    const steps = cartesianPositions(shake(crystal, 3)).flatMap((place, i) => subtract(place, before[i]!));
    const moment = (power: number) => steps.reduce((sum, x) => sum + x ** power, 0) / steps.length;
    // 12,000 steps: one standard deviation is 0.9 %, 1.3 % and 3 %.
    expect(moment(1) / 0.1).toBeCloseTo(0, 1);
    expect(Math.abs(moment(2) / 0.01 - 1)).toBeLessThan(0.05);
    expect(Math.abs(moment(4) / moment(2) ** 2 - 3)).toBeLessThan(0.2);
  });

  it('is the same for a seed and another for another, also for a molecule', () => {
    for (const structure of [water, triclinic]) {
      expect(structureHash(shake(structure, 1))).toBe(structureHash(shake(structure, 1)));
      expect(structureHash(shake(structure, 1))).not.toBe(structureHash(shake(structure, 2)));
    }
  });
});

describe('a series of edits', () => {
  it('is done in order and says which one cannot be', () => {
    const edits: StructureEdit[] = [
      {
        do: 'supercell',
        matrix: [
          [2, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
      { do: 'remove', sites: [3] },
      { do: 'replace', sites: [2], element: 'Br' },
    ];
    expect(elementsOf(applyEdits(rockSalt, edits))).toEqual(['Na', 'Na', 'Br']);
    expectBadEdit(
      () => applyEdits(rockSalt, [...edits, { do: 'remove', sites: [3] }]),
      /has 3 atoms\. \(Edit 4 of 4\.\)$/,
    );
    expect(applyEdits(rockSalt, [])).toEqual(rockSalt);
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
