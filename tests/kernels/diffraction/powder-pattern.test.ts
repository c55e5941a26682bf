import { describe, expect, it, test } from 'vitest';
import { elements } from '@/kernels/crystal/elements';
import { examples } from '@/kernels/crystal/examples.data';
import { identity } from '@/kernels/crystal/linear';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { formFactor } from '@/kernels/diffraction/form-factor';
import { formFactorRows } from '@/kernels/diffraction/form-factors.data';
import { powderPattern } from '@/kernels/diffraction/powder-pattern';
import type { PowderLine } from '@/kernels/diffraction/schema';
import { kAlphaAngstrom } from '@/kernels/diffraction/wavelengths';
import { type Atom, build, inCell, monoclinic, skewRows, triclinic, turned, wurtzite } from '../crystal/support';

const copper = { wavelengthAngstrom: kAlphaAngstrom('Cu') };
const cubic = (a: number, atoms: Atom[]) => build(identity.map((row) => row.map((x) => a * x)) as Matrix3, atoms);
const faces: Vector3[] = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
];
const onFaces = (element: string, [x, y, z]: Vector3): Atom[] =>
  faces.map(([u, v, w]) => [element, x + u, y + v, z + w] as Atom);

/** SRM 640c: 5.43119 angstrom is its certified edge at 22.5 degrees. */
const silicon = cubic(5.43119, [...onFaces('Si', [0, 0, 0]), ...onFaces('Si', [0.25, 0.25, 0.25])]);
const salt = cubic(5.6402, [...onFaces('Na', [0, 0, 0]), ...onFaces('Cl', [0.5, 0.5, 0.5])]);
const quartz = parseStructure(examples.find(({ id }) => id === 'quartz')!.structure);
const olivine = build(
  // Streltsov et al., Acta Cryst. B49, 147 (1993).
  [
    [10.332, 0, 0],
    [0, 6.01, 0],
    [0, 0, 4.692],
  ],
  [
    ...pnma('Li', 0, 0, 0).slice(0, 4),
    ...mirror('Fe', 0.28222, 0.97472),
    ...mirror('P', 0.09486, 0.4182),
    ...mirror('O', 0.09678, 0.74279),
    ...mirror('O', 0.4571, 0.20602),
    ...pnma('O', 0.16558, 0.04646, 0.28478),
  ],
);

function pnma(element: string, x: number, y: number, z: number): Atom[] {
  const all: Vector3[] = [
    [x, y, z],
    [0.5 - x, -y, z + 0.5],
    [-x, y + 0.5, -z],
    [x + 0.5, 0.5 - y, 0.5 - z],
    [-x, -y, -z],
    [x + 0.5, y, 0.5 - z],
    [x, 0.5 - y, z],
    [0.5 - x, y + 0.5, z + 0.5],
  ];
  return all.map((place) => [element, ...place] as Atom);
}

function mirror(element: string, x: number, z: number): Atom[] {
  return [0, 1, 2, 3].map((i) => pnma(element, x, 0.25, z)[i]!);
}

/** Angle by Bragg's law from the metric of the direct cell, by hand. */
function braggAngle([h, k, l]: Vector3, [a, b, c]: Vector3, wavelength: number, gamma = 90): number {
  const g = (gamma * Math.PI) / 180;
  const inPlane = (h ** 2 / a ** 2 + k ** 2 / b ** 2 - (2 * h * k * Math.cos(g)) / (a * b)) / Math.sin(g) ** 2;
  const d = 1 / Math.sqrt(inPlane + l ** 2 / c ** 2);
  return (2 * Math.asin(wavelength / (2 * d)) * 180) / Math.PI;
}

const named = (lines: PowderLine[]) =>
  new Map(lines.flatMap((line) => line.families.map(({ hkl }) => [hkl.join(' '), line] as const)));

describe('the table of form factors', () => {
  test.each(formFactorRows.map((row) => [row[0], row] as const))(
    '%s at rest has its electrons',
    (symbol, [, a, b, c]) => {
      const { atomicNumber } = elements.find((element) => element.symbol === symbol)!;
      expect(Math.abs(a.reduce((sum, x) => sum + x, c) - atomicNumber)).toBeLessThan(0.05);
      expect(a).toHaveLength(5);
      expect(b).toHaveLength(5);
      for (let s = 0; s < 2; s += 0.05)
        expect(formFactor(symbol, (s + 0.05) ** 2)).toBeLessThan(formFactor(symbol, s ** 2) + 1e-3 * atomicNumber);
    },
  );

  it('holds all elements to californium', () => {
    expect(formFactorRows.map(([symbol]) => symbol)).toEqual(elements.slice(0, 98).map(({ symbol }) => symbol));
  });

  it('gives hydrogen as its wave function does', () => {
    const bohr = 0.529177;
    for (const s of [0, 0.1, 0.2, 0.4, 0.6])
      expect(formFactor('H', s ** 2)).toBeCloseTo(1 / (1 + (2 * Math.PI * bohr * s) ** 2) ** 2, 3);
  });

  it('agrees with the four Gaussians of the International Tables (vol. C, table 6.1.1.4)', () => {
    const four = (a: number[], b: number[], c: number, s: number) =>
      a.reduce((sum, x, i) => sum + x * Math.exp(-b[i]! * s ** 2), c);
    for (let s = 0; s <= 1.5; s += 0.1) {
      const si = four([6.2915, 3.0353, 1.9891, 1.541], [2.4386, 32.3337, 0.6785, 81.6937], 1.1407, s);
      const o = four([3.0485, 2.2868, 1.5463, 0.867], [13.2771, 5.7011, 0.3239, 32.9089], 0.2508, s);
      expect(Math.abs(formFactor('Si', s ** 2) - si)).toBeLessThan(0.02);
      expect(Math.abs(formFactor('O', s ** 2) - o)).toBeLessThan(0.02);
    }
  });
});

describe('angles', () => {
  const cells = [
    ['silicon', silicon, [5.43119, 5.43119, 5.43119], 90, ['1 1 1', '2 2 0', '3 1 1', '4 0 0', '3 3 1', '4 2 2']],
    ['NaCl', salt, [5.6402, 5.6402, 5.6402], 90, ['1 1 1', '2 0 0', '2 2 0', '3 1 1', '2 2 2', '4 0 0']],
    ['LiFePO4', olivine, [10.332, 6.01, 4.692], 90, ['2 0 0', '1 0 1', '2 1 0', '1 1 1', '2 1 1', '3 1 1', '1 2 1']],
  ] as const;
  it.each(cells)('of %s follow from its cell', (_, structure, lengths, gamma, families) => {
    const lines = named(powderPattern(structure as Structure, copper));
    for (const name of families) {
      const hkl = name.split(' ').map(Number) as Vector3;
      const expected = braggAngle(hkl, [...lengths] as Vector3, copper.wavelengthAngstrom, gamma);
      expect(Math.abs(lines.get(name)!.twoThetaDegrees - expected)).toBeLessThan(1e-4);
    }
  });

  it('of quartz follow from its cell', () => {
    const [a, , c] = quartz.cellAngstrom!;
    const lengths = [Math.hypot(...a), Math.hypot(...a), Math.hypot(...c)] as Vector3;
    const lines = powderPattern(quartz, copper);
    for (const { families, twoThetaDegrees } of lines)
      for (const { hkl } of families)
        expect(Math.abs(twoThetaDegrees - braggAngle(hkl, lengths, copper.wavelengthAngstrom, 120))).toBeLessThan(1e-4);
    // The strongest lines of the mineral (PDF 46-1045, 1.5406 angstrom): 20.86, 26.64, 50.14 degrees.
    const strongest = lines
      .toSorted((x, y) => y.intensity - x.intensity)
      .map(({ families }) => families[0]!.hkl.join(' '));
    expect(strongest[0]).toBe('1 0 1');
    expect(strongest[1]).toBe('1 0 0');
  });

  it('of silicon with copper K-alpha 1 are those of the certificate of SRM 640c', () => {
    const lines = named(powderPattern(silicon, { wavelengthAngstrom: 1.5405929, rangeDegrees: [5, 140] }));
    // Certificate of Standard Reference Material 640c (NIST, 2000), degrees.
    const certified = {
      '1 1 1': 28.441,
      '2 2 0': 47.3,
      '3 1 1': 56.12,
      '4 0 0': 69.126,
      '3 3 1': 76.372,
      '4 2 2': 88.025,
    };
    for (const [name, angle] of Object.entries(certified))
      expect(Math.abs(lines.get(name)!.twoThetaDegrees - angle)).toBeLessThan(0.003);
  });
});

describe('what is extinguished', () => {
  it('in diamond all but odd triples and even ones whose sum is a multiple of four', () => {
    for (const { families } of powderPattern(silicon, { ...copper, rangeDegrees: [5, 150] }))
      for (const { hkl } of families) {
        const odd = hkl.filter((x) => x % 2 !== 0).length;
        expect(odd === 3 || (odd === 0 && (hkl[0] + hkl[1] + hkl[2]) % 4 === 0)).toBe(true);
      }
  });

  it('in olivine what the glides and screws of Pnma forbid', () => {
    const families = powderPattern(olivine, copper).flatMap((line) => line.families);
    expect(families.length).toBeGreaterThan(60);
    for (const {
      hkl: [h, k, l],
    } of families) {
      if (h === 0) expect((k + l) % 2).toBe(0);
      if (l === 0) expect(h % 2).toBe(0);
    }
  });
});

describe('intensities', () => {
  /** m |F|^2 and the Lorentz-polarisation factor by hand, with the four Gaussians of the International Tables for silicon. */
  it('of silicon are multiplicity, structure factor and angle factor', () => {
    const lines = named(powderPattern(silicon, copper));
    const f = (s: number) =>
      [6.2915, 3.0353, 1.9891, 1.541].reduce(
        (sum, a, i) => sum + a * Math.exp(-[2.4386, 32.3337, 0.6785, 81.6937][i]! * s ** 2),
        1.1407,
      );
    const byHand = ([h, k, l]: Vector3, multiplicity: number, square: number) => {
      const s = Math.sqrt(h ** 2 + k ** 2 + l ** 2) / (2 * 5.43119);
      const theta = Math.asin(copper.wavelengthAngstrom * s);
      return (
        (multiplicity * square * f(s) ** 2 * (1 + Math.cos(2 * theta) ** 2)) / (Math.sin(theta) ** 2 * Math.cos(theta))
      );
    };
    const first = byHand([1, 1, 1], 8, 32);
    for (const [name, hkl, multiplicity, square] of [
      ['2 2 0', [2, 2, 0], 12, 64],
      ['3 1 1', [3, 1, 1], 24, 32],
      ['4 0 0', [4, 0, 0], 6, 64],
      ['3 3 1', [3, 3, 1], 24, 32],
    ] as const) {
      const line = lines.get(name)!;
      expect(line.families[0]!.multiplicity).toBe(multiplicity);
      expect(line.intensity / ((100 * byHand([...hkl], multiplicity, square)) / first)).toBeCloseTo(1, 2);
    }
  });

  it('of silicon at room temperature are near those measured', () => {
    // PDF 5-565 (Swanson and Fuyat, NBS Circular 539, vol. 2, 6 (1953)), heights of lines. B: Aldred and Hart, Proc. R. Soc. A 332, 239 (1973).
    const lines = named(powderPattern(silicon, { ...copper, displacementAngstrom2: 0.461 }));
    const measured = { '1 1 1': 100, '2 2 0': 60, '3 1 1': 35, '4 0 0': 8, '3 3 1': 13, '4 2 2': 17 };
    for (const [name, intensity] of Object.entries(measured))
      expect(Math.abs(lines.get(name)!.intensity - intensity)).toBeLessThan(5);
  });

  it('of NaCl are near those measured', () => {
    // PDF 5-628 (Swanson and Fuyat, NBS Circular 539, vol. 2, 41 (1953)), heights of lines, which wider ones at large angles lower.
    const lines = named(powderPattern(salt, { ...copper, displacementAngstrom2: 1.4 }));
    const measured = { '1 1 1': 13, '2 0 0': 100, '2 2 0': 55, '3 1 1': 2, '2 2 2': 15, '4 0 0': 6 };
    for (const [name, intensity] of Object.entries(measured))
      expect(Math.abs(lines.get(name)!.intensity - intensity)).toBeLessThan(6);
    expect(named(powderPattern(salt, copper)).get('1 1 1')!.intensity).toBeGreaterThan(8);
    expect(named(powderPattern(salt, copper)).get('1 1 1')!.intensity).toBeLessThan(11);
  });

  it('of half-filled sites are those of half an atom', () => {
    const half = parseStructure({
      cellAngstrom: salt.cellAngstrom,
      sites: salt.sites.map(({ species, position }) => ({
        species: [{ element: species[0]!.element, concentration: species[0]!.element === 'Na' ? 0.5 : 1 }],
        fractional: position,
      })),
    });
    const line = named(powderPattern(half, copper)).get('1 1 1')!;
    const s2 = 3 / (2 * 5.6402) ** 2;
    const t2 = 4 / (2 * 5.6402) ** 2;
    const odd = formFactor('Cl', s2) - formFactor('Na', s2) / 2;
    const even = formFactor('Cl', t2) + formFactor('Na', t2) / 2;
    const lp = (x: number) => {
      const theta = Math.asin(copper.wavelengthAngstrom * Math.sqrt(x));
      return (1 + Math.cos(2 * theta) ** 2) / (Math.sin(theta) ** 2 * Math.cos(theta));
    };
    expect(line.intensity).toBeCloseTo((100 * 8 * odd ** 2 * lp(s2)) / (6 * even ** 2 * lp(t2)), 6);
  });
});

describe('a pattern does not depend on', () => {
  const shape = (structure: Structure) =>
    powderPattern(structure, { ...copper, displacementAngstrom2: 0.5 }).map(({ twoThetaDegrees, intensity }) => [
      twoThetaDegrees,
      intensity,
    ]);
  const crystals = { silicon, salt, wurtzite, monoclinic, triclinic, olivine, quartz };
  const same = (a: number[][], b: number[][]) => {
    expect(b.length).toBe(a.length);
    a.forEach((line, i) => {
      expect(Math.abs(line[0]! - b[i]![0]!)).toBeLessThan(1e-6);
      expect(Math.abs(line[1]! - b[i]![1]!)).toBeLessThan(1e-6);
    });
  };
  it.each(Object.entries(crystals))('the cell, its origin and its place: %s', (_, crystal) => {
    const expected = shape(crystal);
    same(expected, shape(inCell(crystal, skewRows)));
    same(expected, shape(turned(crystal)));
    const moved = crystal.sites.map((site) => ({
      ...site,
      position: [site.position[0] + 0.123, site.position[1] - 0.456, site.position[2] + 7.89] as Vector3,
    }));
    same(expected, shape({ ...crystal, sites: moved.reverse() }));
  });

  it('the choice of the primitive cell', () => {
    const h = 5.43119 / 2;
    const primitive = build(
      [
        [0, h, h],
        [h, 0, h],
        [h, h, 0],
      ],
      [
        ['Si', 0, 0, 0],
        ['Si', 0.25, 0.25, 0.25],
      ],
    );
    same(shape(silicon), shape(primitive));
  });
});

describe('what has no pattern is refused', () => {
  it.each([
    ['a molecule', parseStructure({ sites: [{ element: 'O', cartesianAngstrom: [0, 0, 0] }] }), 'no-crystal'],
    ['lawrencium', cubic(5, [['Lr', 0, 0, 0]]), 'no-form-factor'],
    ['a cell too large', cubic(600, [['C', 0, 0, 0]]), 'too-many-reflections'],
  ])('%s', (_, structure, code) => {
    expect(() => powderPattern(structure, copper)).toThrow(expect.objectContaining({ code }));
  });
});
