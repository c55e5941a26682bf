import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KernelError } from '@/kernels/core/errors';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { radialTransforms } from '@/kernels/planewave/pseudo/atomic-orbital';
import { createPseudopotential, createStartingAtom } from '@/kernels/planewave/pseudo/create-pseudopotential';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { createGthPseudopotential } from '@/kernels/planewave/pseudo/gth';
import type { Pseudopotential } from '@/kernels/planewave/pseudo/pseudopotential';
import { readUpf } from '@/kernels/planewave/pseudo/read-upf';
import { coreCharge, writeUpf } from './write-upf';

/** Three s, two p, two d, one f projector among them. */
const elements = ['Si', 'Fe', 'Ce', 'W'];
const entryOf = (element: string) => familyEntry(element, functionalsById.pbe);
const momenta = [0.017, 0.4, 1.234, 3.3, 7.77];

/** Compares every slope with a central difference. */
function expectSlopes(pseudopotential: Pseudopotential, h: number): void {
  const compare = (f: (q: number) => number, slope: (q: number) => number, scale: number) => {
    for (const q of momenta.slice(1)) {
      const numeric = (8 * (f(q + h) - f(q - h)) - (f(q + 2 * h) - f(q - 2 * h))) / (12 * h);
      expect(Math.abs(slope(q) - numeric)).toBeLessThan(1e-8 * scale);
    }
  };
  compare(pseudopotential.local, pseudopotential.localSlope, 1e3);
  for (const { count, projector, projectorSlope } of pseudopotential.channels) {
    for (let i = 0; i < count; i++)
      compare(
        (q) => projector(i, q),
        (q) => projectorSlope(i, q),
        100,
      );
  }
  if (pseudopotential.core) compare(pseudopotential.core.density, pseudopotential.core.densitySlope, 1);
}

describe('form factors', () => {
  it.each(elements)('of the Goedecker pseudopotential of %s have their slopes', (element) => {
    expectSlopes(createGthPseudopotential(entryOf(element)), 1e-3);
  });

  it.each(elements)('of %s on a radial mesh are those of the analytic pseudopotential', (element) => {
    const analytic = createGthPseudopotential(entryOf(element));
    const parameters = readUpf(element, writeUpf(entryOf(element), 2));
    const tabulated = createPseudopotential(parameters);
    expect(tabulated.valence).toBe(analytic.valence);
    expect(tabulated.localAtZero).toBeCloseTo(analytic.localAtZero, 5);
    for (const q of momenta) {
      const size = 1 + (4 * Math.PI * analytic.valence) / (q * q);
      expect(Math.abs(tabulated.local(q) - analytic.local(q))).toBeLessThan(2e-7 * size);
    }
    expect(tabulated.channels.map(({ l, count }) => [l, count])).toEqual(
      analytic.channels.map(({ l, count }) => [l, count]),
    );
    tabulated.channels.forEach(({ count, projector, coupling }, c) => {
      const expected = analytic.channels[c]!;
      coupling.forEach((D, k) => {
        expect(D).toBeCloseTo(expected.coupling[k]!, 12);
      });
      for (let i = 0; i < count; i++)
        for (const q of momenta) expect(projector(i, q)).toBeCloseTo(expected.projector(i, q), 6);
    });
  });

  it('on a mesh have the slopes of their interpolation', () => {
    // Far enough inside one step of the table, where the interpolation is one polynomial.
    expectSlopes(createPseudopotential(readUpf('Fe', writeUpf(entryOf('Fe'), 2))), 5e-4);
  });

  it('of core, density and orbitals are those of the Gaussians on the mesh', () => {
    const parameters = readUpf('Si', writeUpf(entryOf('Si'), 2));
    const { core, shells } = createPseudopotential(parameters);
    const atom = createStartingAtom(parameters, functionalsById.pbe);
    expect(shells).toEqual([{ l: 1, n: 1, electrons: 2 }]);
    for (const q of momenta) {
      expect(core!.density(q)).toBeCloseTo(coreCharge * Math.exp((-q * q) / 8), 7);
      expect(atom.densityAt(q)).toBeCloseTo(4 * Math.exp((-q * q) / 4), 7);
      // R = c r exp(-r^2): c pi^(3/2) (q/2) exp(-q^2/4), c^-2 = int r^4 exp(-2 r^2) dr = 3 sqrt(pi/2)/32.
      const c = Math.sqrt(32 / 3 / Math.sqrt(Math.PI / 2));
      const expected = c * Math.PI ** 1.5 * (q / 2) * Math.exp((-q * q) / 4);
      expect(radialTransforms(atom.orbitals[0]!, Float64Array.of(q * q))[0]).toBeCloseTo(expected, 6);
    }
    expect(core!.density(0)).toBeCloseTo(coreCharge, 7);
    expect(radialTransforms(atom.orbitals[0]!, Float64Array.of(1e8))[0]).toBe(0);
  });
});

describe('reading UPF', () => {
  const text = (version: 1 | 2) => writeUpf(entryOf('Si'), version);

  it('finds the same in both versions of the format', () => {
    const { functional, projectorPoints, ...two } = readUpf('Si', text(2));
    const { functional: ofOne, projectorPoints: pointsOfOne, ...one } = readUpf('Si', text(1));
    expect(one).toEqual(two);
    expect(ofOne).toBe('SLA PW PBE PBE');
    expect(functional).toBe(ofOne);
    expect(pointsOfOne).toBe(projectorPoints);
  });

  it('reads a file of ld1.x with a core correction', () => {
    const file = readFileSync(join(import.meta.dirname, '../../reference/upf/Si.ld1.UPF'), 'utf8');
    const parameters = readUpf('Si', file);
    const atom = createStartingAtom(parameters, functionalsById.pbe);
    expect(parameters.functional).toBe('PBE');
    // The integral ends at 10 bohr.
    expect(atom.densityAt(0)).toBeCloseTo(4, 2);
    expect(createPseudopotential(parameters).core!.density(0)).toBeGreaterThan(0.1);
    for (const orbital of atom.orbitals) {
      // Its coarse mesh cannot follow j_l(qr) at 10 bohr much further.
      const squares = Float64Array.from({ length: 600 }, (_, i) => (0.005 + 0.01 * i) ** 2);
      const norm = radialTransforms(orbital, squares).reduce((sum, R, i) => sum + R * R * squares[i]! * 0.01, 0);
      expect(norm / (2 * Math.PI) ** 3).toBeCloseTo(1, 2);
    }
  });

  it('reads exponents as Fortran writes them', () => {
    const changed = text(2).replace(/<PP_NLCC>\n\S+\n\S+/, '<PP_NLCC>\n1.5D-01\n2.5-101');
    expect(changed).not.toBe(text(2));
    expect([...readUpf('Si', changed).core!.slice(0, 2)]).toEqual([0.15, 2.5e-101]);
  });

  it.each([
    ['an ultrasoft file', (t: string) => t.replace('is_ultrasoft="F"', 'is_ultrasoft="T"'), 'ultrasoft'],
    ['a PAW file', (t: string) => t.replace('is_paw=".false."', 'is_paw=".true."'), 'augmented-wave'],
    ['spin-orbit', (t: string) => t.replace('has_so="false"', 'has_so="true"'), 'spin-orbit'],
    [
      'the bare Coulomb potential',
      (t: string) => t.replace('is_paw', 'is_coulomb="true" is_paw').replace(/<PP_LOCAL>[\s\S]*<\/PP_LOCAL>/, ''),
      'Coulomb',
    ],
  ])('refuses %s as unsupported', (_, change, word) => {
    expectRefusal(change(text(2)), 'pseudopotential-unsupported', word);
  });

  it('refuses ultrasoft and spin-orbit files of version 1', () => {
    expectRefusal(text(1).replace('NC  ', 'US  '), 'pseudopotential-unsupported', 'ultrasoft');
    expectRefusal(`${text(1)}<PP_ADDINFO>\n</PP_ADDINFO>`, 'pseudopotential-unsupported', 'spin-orbit');
  });

  it.each([
    ['nothing', () => '', 'no PP_HEADER'],
    ['what is no UPF', () => '<html><body>404</body></html>', 'no PP_HEADER'],
    ['another element', (t: string) => t.replace('element="Si "', 'element="Ge"'), 'one of Ge'],
    ['a file cut off', (t: string) => t.slice(0, t.indexOf('</PP_MESH>')), 'PP_MESH is cut off'],
    ['a mesh that is shorter than stated', (t: string) => t.replace(/mesh_size="\d+"/, 'mesh_size="5000"'), '5000'],
    ['a mesh of no points', (t: string) => t.replace(/mesh_size="\d+"/, 'mesh_size="0"'), '0 points'],
    ['a broken number', (t: string) => t.replace(/<PP_LOCAL>\n\S+/, '<PP_LOCAL>\n-1.2x'), '"-1.2x"'],
    ['an infinite number', (t: string) => t.replace(/<PP_LOCAL>\n\S+/, '<PP_LOCAL>\nInfinity'), 'Infinity'],
    ['a mesh that does not grow', (t: string) => t.replace(/<PP_R>\n\S+/, '<PP_R>\n3.0'), 'point 2'],
    ['a charge beyond the atom', (t: string) => t.replace('z_valence="4.0"', 'z_valence="40"'), '40'],
    ['no charge', (t: string) => t.replace('z_valence="4.0"', ''), 'charge'],
    ['g projectors', (t: string) => t.replace('angular_momentum="1"', 'angular_momentum="4"'), 'momentum 4'],
    ['too many projectors', (t: string) => t.replace(/number_of_proj="\d+"/, 'number_of_proj="9999"'), '9999'],
    [
      'a projector that is missing',
      (t: string) => t.replace(/number_of_proj="\d+"/, 'number_of_proj="7"'),
      'PP_BETA.4',
    ],
    [
      'a density without electrons',
      (t: string) => t.replace(/<PP_RHOATOM>[^<]*/, (block) => block.replace(/\S+e\S+/g, '0.0')),
      'no electrons',
    ],
    ['an occupation that is no number', (t: string) => t.replace('occupation="2.0"', 'occupation="two"'), 'occupation'],
    ['no density', (t: string) => t.replaceAll('PP_RHOATOM', 'PP_OTHER'), 'PP_RHOATOM'],
    ['a text of 30 MB', (t: string) => t + ' '.repeat(3e7), 'MB'],
  ])('refuses %s and says why', (_, change, word) => {
    expectRefusal(change(text(2)), 'pseudopotential-invalid', word);
  });

  it('survives any text in a second', () => {
    const random = (n: number) => (Math.abs(Math.sin(n * 12.9898) * 43758.5453) % 1) * 1;
    const base = text(2).slice(0, 40_000) + text(2).slice(-2000);
    const started = performance.now();
    for (let run = 0; run < 40; run++) {
      const at = Math.floor(random(run) * base.length);
      const broken = base.slice(0, at) + '<PP_R "='.repeat(20) + base.slice(at + Math.floor(random(run + 0.5) * 500));
      expect(() => readUpf('Si', broken)).toThrow(KernelError);
    }
    expect(() => readUpf('Si', '<PP_HEADER '.repeat(1e6))).toThrow(KernelError);
    expect(() => readUpf('Si', `<PP_HEADER ${'a'.repeat(5e6)}/>`)).toThrow(KernelError);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

function expectRefusal(text: string, code: string, word: string): void {
  try {
    readUpf('Si', text);
  } catch (error) {
    expect(error).toBeInstanceOf(KernelError);
    expect((error as KernelError).code).toBe(code);
    expect((error as KernelError).message).toContain(word);
    expect((error as KernelError).message).toMatch(/^The pseudopotential given for Si .*\.$/);
    return;
  }
  throw new Error('the text was taken');
}
