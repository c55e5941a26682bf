import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KernelError } from '@/kernels/core/errors';
import { sha256Hex } from '@/kernels/core/sha256';
import {
  cartesianToFractional,
  cellFromParameters,
  cellParameters,
  cellVolume,
  fractionalToCartesian,
  reciprocalCell,
} from '@/kernels/crystal/cell';
import { checkPeriodicity, checkStructure } from '@/kernels/crystal/check-structure';
import { densityGramPerCm3 } from '@/kernels/crystal/density';
import { elementBySymbol, elements } from '@/kernels/crystal/elements';
import { formula, formulaParts, writtenFormula } from '@/kernels/crystal/formula';
import { dot } from '@/kernels/crystal/linear';
import type { Matrix3, StructureInput } from '@/kernels/crystal/schema';
import { parseStructure, structureInput } from '@/kernels/crystal/structure';
import { structureHash } from '@/kernels/crystal/structure-hash';

const skewed: Matrix3 = [
  [3.1, 0.2, -0.4],
  [1.3, 4.2, 0.5],
  [-0.7, 0.9, 5.3],
];

function crystal(symbols: string[], cell: Matrix3 = skewed) {
  const sites = symbols.map((element, i) => ({ element, fractional: [i / symbols.length, 0, 0] as never }));
  return parseStructure({ cellAngstrom: cell, sites });
}

function errorOf(input: unknown): KernelError {
  try {
    parseStructure(input);
  } catch (err) {
    if (err instanceof KernelError) return err;
    throw err;
  }
  throw new Error('was accepted');
}

describe('parseStructure', () => {
  it('makes a cell periodic unless told otherwise, and a molecule not', () => {
    expect(crystal(['Si']).periodic).toEqual([true, true, true]);
    const molecule = parseStructure({ sites: [{ element: 'He', cartesianAngstrom: [1, 2, 3] }] });
    expect(molecule).toEqual({
      cellAngstrom: null,
      periodic: [false, false, false],
      sites: [{ species: [{ element: 'He', concentration: 1 }], position: [1, 2, 3] }],
    });
  });

  it('turns cartesian coordinates into fractional ones and wraps nothing', () => {
    const cartesianAngstrom = fractionalToCartesian([1.25, -0.5, 0.125], skewed);
    const { sites } = parseStructure({ cellAngstrom: skewed, sites: [{ element: 'O', cartesianAngstrom }] });
    sites[0]!.position.forEach((x, i) => void expect(x).toBeCloseTo([1.25, -0.5, 0.125][i]!, 13));
  });

  it('goes back to what people write, and again to the same structure', () => {
    const input: StructureInput = {
      cellAngstrom: skewed,
      periodic: [true, true, false],
      sites: [
        { element: 'Fe', fractional: [0, 0, 0.1], label: 'Fe1', momentBohrMagneton: -2.5, chargeE: 2, massU: 57 },
        {
          species: [
            { element: 'Mn', concentration: 0.25 },
            { element: 'Li', concentration: 0.5 },
          ],
          fractional: [0.5, 0.5, 0.6],
        },
      ],
    };
    const structure = parseStructure(input);
    expect(structure.sites[1]!.species.map(({ element }) => element)).toEqual(['Li', 'Mn']);
    expect(parseStructure(structureInput(structure))).toEqual(structure);
  });

  it.each([
    ['no object', 42],
    ['no sites', { cellAngstrom: skewed, sites: [] }],
    ['NaN', { cellAngstrom: skewed, sites: [{ element: 'Si', fractional: [Number.NaN, 0, 0] }] }],
    [
      'infinity',
      { cellAngstrom: [[Infinity, 0, 0], ...skewed.slice(1)], sites: [{ element: 'Si', fractional: [0, 0, 0] }] },
    ],
    ['a huge number', { cellAngstrom: skewed, sites: [{ element: 'Si', fractional: [1e300, 0, 0] }] }],
    ['fractional without a cell', { sites: [{ element: 'Si', fractional: [0, 0, 0] }] }],
    [
      'periodic without a cell',
      { periodic: [true, true, true], sites: [{ element: 'Si', cartesianAngstrom: [0, 0, 0] }] },
    ],
    [
      'both kinds of position',
      { cellAngstrom: skewed, sites: [{ element: 'Si', fractional: [0, 0, 0], cartesianAngstrom: [0, 0, 0] }] },
    ],
    [
      'an element twice',
      {
        cellAngstrom: skewed,
        sites: [
          {
            species: [
              { element: 'Si', concentration: 0.2 },
              { element: 'Si', concentration: 0.2 },
            ],
            fractional: [0, 0, 0],
          },
        ],
      },
    ],
    [
      'more than a full site',
      {
        cellAngstrom: skewed,
        sites: [
          {
            species: [
              { element: 'Si', concentration: 0.7 },
              { element: 'Ge', concentration: 0.7 },
            ],
            fractional: [0, 0, 0],
          },
        ],
      },
    ],
  ])('refuses %s', (_, input) => {
    expect(errorOf(input).code).toBe('bad-structure');
  });

  it('refuses an element that does not exist, by name', () => {
    const err = errorOf({ cellAngstrom: skewed, sites: [{ element: 'Xx', fractional: [0, 0, 0] }] });
    expect(err.code).toBe('unknown-element');
    expect(err.message).toContain('"Xx"');
  });
});

describe('cells', () => {
  it('has reciprocal rows with a_i . b_j = 2 pi delta_ij', () => {
    const b = reciprocalCell(skewed);
    skewed.forEach(
      (a, i) => void b.forEach((v, j) => void expect(dot(a, v)).toBeCloseTo(i === j ? 2 * Math.PI : 0, 12)),
    );
  });

  it('converts coordinates forth and back', () => {
    const back = cartesianToFractional(fractionalToCartesian([0.1, 0.7, -0.3], skewed), skewed);
    back.forEach((x, i) => void expect(x).toBeCloseTo([0.1, 0.7, -0.3][i]!, 13));
  });

  it('rebuilds a cell from its lengths and angles', () => {
    const parameters = cellParameters(skewed);
    const again = cellFromParameters(parameters);
    expect(cellVolume(again)).toBeCloseTo(cellVolume(skewed), 10);
    cellParameters(again).anglesDegrees.forEach((x, i) => void expect(x).toBeCloseTo(parameters.anglesDegrees[i]!, 10));
  });
});

describe('structureHash', () => {
  it('uses the SHA-256 of the standard, at every length of the last block', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
      expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('changes with the last bit of a number, the label and the order, and not with the sign of zero', () => {
    const input = (x: number, label?: string) => ({
      cellAngstrom: skewed,
      sites: [
        { element: 'Si', fractional: [x, 0, 0], label },
        { element: 'C', fractional: [0.5, 0.5, 0.5] },
      ],
    });
    const hash = (x: number, label?: string) => structureHash(parseStructure(input(x, label)));
    expect(hash(0.1)).toMatch(/^s1:[0-9a-f]{64}$/);
    expect(hash(0.1)).toBe(hash(0.1));
    expect(hash(0.1)).not.toBe(hash(0.1 + 2 ** -56));
    expect(hash(0.1)).not.toBe(hash(0.1, 'Si1'));
    expect(hash(-0)).toBe(hash(0));
    const reversed = parseStructure({ ...input(0.1), sites: input(0.1).sites.toReversed() });
    expect(structureHash(reversed)).not.toBe(hash(0.1));
  });
});

describe('formula', () => {
  it.each([
    [['Cl', 'Na', 'Na', 'Cl'], 'NaCl'],
    [['O', 'O', 'Co', 'Li'], 'LiCoO2'],
    [['Li', 'Li', 'Li', 'Li', 'Li', 'Li', 'S', 'S', 'S', 'S', 'S', 'P', 'Cl'], 'Li6PS5Cl'],
    [['Si', 'Si'], 'Si'],
    [['Ti', 'Ba', 'O', 'O', 'O'], 'BaTiO3'],
    [['Eu', 'O'], 'EuO'],
    [['Ga', 'As'], 'GaAs'],
  ])('of a crystal of %s is %s', (symbols, expected) => {
    expect(formula(crystal(symbols))).toBe(expected);
  });

  it.each([
    ['O2Ti', 'TiO2'],
    ['FeLiO4P', 'LiFePO4'],
    ['Br0.5Cl0.5Na', 'NaBr0.5Cl0.5'],
    ['Si', 'Si'],
  ])('%s is written %s', (text, expected) => {
    expect(writtenFormula(text)).toBe(expected);
  });

  it('of a molecule is in Hill order and not reduced', () => {
    const molecule = (symbols: string[]) =>
      parseStructure({ sites: symbols.map((element, i) => ({ element, cartesianAngstrom: [i, 0, 0] })) });
    expect(formula(molecule(['H', 'H', 'O', 'O']))).toBe('H2O2');
    expect(formula(molecule(['O', 'C', 'C', 'Br', 'H', 'H']))).toBe('C2H2BrO');
  });

  it('keeps partial occupancies', () => {
    const structure = parseStructure({
      cellAngstrom: skewed,
      sites: [
        { species: [{ element: 'Li', concentration: 0.5 }], fractional: [0, 0, 0] },
        { element: 'Co', fractional: [0.5, 0.5, 0.5] },
        { element: 'O', fractional: [0.2, 0.2, 0.2] },
        { element: 'O', fractional: [0.8, 0.8, 0.8] },
      ],
    });
    expect(formulaParts(structure)).toEqual([
      { element: 'Li', count: '0.5' },
      { element: 'Co', count: '' },
      { element: 'O', count: '2' },
    ]);
  });
});

describe('elements and density', () => {
  it('counts elements from 1 and lists each once', () => {
    expect(elementBySymbol('Lr').atomicNumber).toBe(103);
    expect(elementBySymbol('Fe').atomicNumber).toBe(26);
    expect(new Set(elements.map(({ symbol }) => symbol)).size).toBe(103);
    expect(
      elements.every(
        ({ colourCpk, colourVesta }) => /^#[0-9a-f]{6}$/.test(`${colourCpk}`) && /^#[0-9a-f]{6}$/.test(colourVesta),
      ),
    ).toBe(true);
  });

  it('gives silicon its 2.33 g/cm3', () => {
    const h = 5.431 / 2;
    const cell: Matrix3 = [
      [0, h, h],
      [h, 0, h],
      [h, h, 0],
    ];
    expect(densityGramPerCm3(crystal(['Si', 'Si'], cell))).toBeCloseTo(2.329, 3);
    expect(densityGramPerCm3(parseStructure({ sites: [{ element: 'He', cartesianAngstrom: [0, 0, 0] }] }))).toBeNull();
  });
});

describe('checkStructure', () => {
  const codes = (input: unknown, limits = {}) => checkStructure(parseStructure(input), limits).map(({ code }) => code);

  it('has nothing to say about a sound crystal', () => {
    expect(checkStructure(crystal(['Na', 'Cl']))).toEqual([]);
  });

  it('finds an overlap through a face of the cell and says where', () => {
    const [problem] = checkStructure(
      parseStructure({
        cellAngstrom: skewed,
        sites: [
          { element: 'Na', fractional: [0.01, 0.5, 0.5] },
          { element: 'Cl', fractional: [0.98, 0.5, 0.5] },
        ],
      }),
    );
    expect(problem!.code).toBe('overlap');
    expect(problem!.message).toMatch(/Atom 1 \(Na\).*Atom 2 \(Cl\).*shifted by \(-1, 0, 0\).*0\.094 angstrom/);
  });

  it('tells a cell that is too small from one that is flat', () => {
    const cube = (a: number, c: number) => ({
      cellAngstrom: [
        [a, 0, 0],
        [0, a, 0],
        [0, a, c],
      ],
      sites: [{ element: 'Si', fractional: [0, 0, 0] }],
    });
    expect(checkStructure(parseStructure(cube(1e-5, 1e-5)))[0]!.message).toMatch(/in angstrom\?/);
    expect(checkStructure(parseStructure(cube(3, 1e-7)))[0]!.message).toMatch(/in a plane/);
  });

  it('finds a cell without volume, partial occupancies and too many atoms', () => {
    const site = { element: 'Si', fractional: [0, 0, 0] };
    expect(
      codes({
        cellAngstrom: [
          [1, 0, 0],
          [0, 1, 0],
          [1, 1, 0],
        ],
        sites: [site],
      }),
    ).toEqual(['zero-volume']);
    expect(
      codes({
        cellAngstrom: [
          [0, 0, 0],
          [0, 1, 0],
          [1, 1, 0],
        ],
        sites: [site],
      }),
    ).toEqual(['zero-volume']);
    expect(
      codes({
        cellAngstrom: skewed,
        sites: [{ species: [{ element: 'Li', concentration: 0.4 }], fractional: [0, 0, 0] }],
      }),
    ).toEqual(['partial-occupancy']);
    expect(codes({ cellAngstrom: skewed, sites: Array(20).fill(site) }, { maximumSites: 10 })).toEqual([
      'too-many-atoms',
    ]);
  });

  it('leaves periodicity to its own check', () => {
    const slab = parseStructure({
      cellAngstrom: skewed,
      periodic: [true, true, false],
      sites: [{ element: 'C', fractional: [0, 0, 0] }],
    });
    expect(checkStructure(slab)).toEqual([]);
    expect(checkPeriodicity(slab)[0]!.message).toContain('along c');
  });
});
