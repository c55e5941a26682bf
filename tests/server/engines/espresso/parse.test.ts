import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PwProgress } from '@/server/engines/espresso/job/progress';
import { readDos, readFortran } from '@/server/engines/espresso/parse/dos';
import { gapOf } from '@/server/engines/espresso/parse/gap';
import { limitsOf } from '@/server/engines/espresso/parse/limits';
import {
  readCharges,
  readOrbitalStates,
  readPrincipals,
  readStates,
  readWeights,
  statesFile,
  toOrbitals,
} from '@/server/engines/espresso/parse/projections';
import { type PwRun, readPwXml } from '@/server/engines/espresso/parse/pw-xml';
import { scfResult } from '@/server/engines/espresso/parse/scf-result';
import { parseXml } from '@/server/engines/espresso/parse/xml';
import { scfResultSchema } from '@/server/schemas/results';
import { makeContext } from '../context';

/** What Quantum ESPRESSO 6.7 of Debian left of spin-polarised iron: 15 Ha, 2 x 2 x 2 points, the built-in family. */
const read = (name: string) => readFileSync(join('tests/server/engines/espresso/files', name), 'utf8');

/** The last geometry as a step, with its stress. */
function stepOf(xml: string): string {
  const output = xml.slice(xml.indexOf('<output>'));
  const part = (name: string) => new RegExp(`<${name}[ >][\\s\\S]*?</${name}>`).exec(output)![0];
  return `<step n_step="1">${['scf_conv', 'atomic_structure', 'total_energy', 'forces', 'stress'].map(part).join('')}</step>`;
}

describe('the file of pw.x', () => {
  const run = readPwXml(read('iron-scf/data-file-schema.xml'));

  test('gives energies and bands of both spins', () => {
    expect(run).toMatchObject({
      isSpinPolarised: true,
      isNoncollinear: false,
      electrons: 16,
      convergedScf: true,
      version: '6.7MaX',
    });
    expect(run.eigenvaluesHartree).toHaveLength(2);
    expect(run.eigenvaluesHartree[1]).toHaveLength(run.kpoints.length);
    expect(run.eigenvaluesHartree[1]![0]).toHaveLength(run.bands);
    // The 3s level of spin up lies lower.
    expect(run.eigenvaluesHartree[0]![0]![0]).toBeLessThan(run.eigenvaluesHartree[1]![0]![0]!);
    expect(run.kpoints.reduce((sum, k) => sum + k.weight, 0)).toBeCloseTo(1, 10);
    expect(run.kpoints[0]!.fractional).toEqual([0, 0, 0]);
    // On the mesh: whole multiples of half a reciprocal vector.
    for (const { fractional } of run.kpoints)
      for (const x of fractional) expect(2 * x).toBeCloseTo(Math.round(2 * x), 10);
  });

  // Changes of the published schema (qes_220603 to qes_250521) against what 6.7 writes; there is no file of a 7.x here.
  test('is read as 7.x writes it: moments of sites, no count of bands of both spins, stress of each step', () => {
    const old = read('iron-scf/data-file-schema.xml');
    const young = old
      .replace('VERSION="6.7MaX"', 'VERSION="7.4"')
      .replace(
        /(<absolute>.*<\/absolute>)/,
        '$1<Scalar_Site_Magnetic_Moments nat="1"><SiteMagnetization species="Fe" atom="1" charge="7.1">2.2</SiteMagnetization></Scalar_Site_Magnetic_Moments><do_magnetization>true</do_magnetization>',
      )
      .replace(/(<output>)/, `${stepOf(old)}$1`);
    expect(young).toContain('SiteMagnetization');
    const read7 = readPwXml(young);
    const { version, trajectory, ...same } = read7;
    expect(same).toEqual({ ...run, version: undefined, trajectory: undefined });
    expect(version).toBe('7.4');
    expect(trajectory).toEqual([
      {
        cellAngstrom: run.cellAngstrom,
        fractional: run.fractional,
        energyHartree: run.energyHartree,
        forcesHartreePerBohr: run.forcesHartreePerBohr,
        stressHartreePerBohr3: run.stressHartreePerBohr3,
      },
    ]);
  });

  test('gives the length of the magnetisation of spinors, a number in 6.x and a vector in 7.x', () => {
    const spinors = read('iron-scf/data-file-schema.xml')
      .replaceAll('<lsda>true</lsda>', '<lsda>false</lsda>')
      .replaceAll('<noncolin>false</noncolin>', '<noncolin>true</noncolin>')
      .replace(/<total>.*<\/total>/, '<total_vec>3.0 0.0 4.0</total_vec>');
    expect(readPwXml(spinors).totalMagnetisation).toBe(5);
  });

  test('says what was left out: of spinors, of layers along another vector than c, of a layer with dispersion', async () => {
    const structureOf = async (periodic: [boolean, boolean, boolean]) => ({
      ...(await makeContext()).structure,
      periodic,
    });
    const bound = { ...run, terms: { ...run.terms, dispersion: -1e-3 } };
    expect(limitsOf(bound, await structureOf([true, true, true]))).toEqual([]);
    expect(limitsOf({ ...run, isNoncollinear: true }, await structureOf([true, true, true]))[0]).toContain('spinors');
    expect(limitsOf(run, await structureOf([true, false, true]))[0]).toContain('images');
    expect(limitsOf(run, await structureOf([true, true, false]))).toEqual([]);
    expect(limitsOf(bound, await structureOf([true, true, false]))[0]).toContain('dispersion');
  });

  test('gives the result that every engine gives', async () => {
    const files = {
      progress: read('iron-scf/progress.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
      output: read('iron-scf/pw.out'),
      run: JSON.parse(read('iron-scf/run.json')),
    };
    const structure = { cellAngstrom: run.cellAngstrom, sites: [{ element: 'Fe', fractional: [0, 0, 0] }] } as never;
    const result = scfResultSchema.parse(scfResult(run, files, await makeContext({}, { structure })));
    const sum = Object.values(result.termsEv!).reduce((total, term) => total + term, 0);
    expect(sum).toBeCloseTo(result.energyEv!, 8);
    const printed = Number(/!\s+total energy\s+=\s+(-?[\d.]+) Ry/.exec(files.output)![1]);
    expect(result.energyEv! / 13.605693122994).toBeCloseTo(printed, 7);
    const oneElectron = Number(/one-electron contribution =\s+(-?[\d.]+) Ry/.exec(files.output)![1]);
    expect(result.termsEv!.oneElectron! / 13.605693122994).toBeCloseTo(oneElectron, 6);
    const pressure = Number([...files.output.matchAll(/P=\s+(-?[\d.]+)/g)].at(-1)![1]);
    // Printed in kbar to two places: positive under compression, as ours.
    expect(result.pressureGpa! * 10).toBeCloseTo(pressure, 1);
    expect(result.sites).toHaveLength(1);
    expect(result.iterations.map(({ iteration }) => iteration)).toEqual(result.iterations.map((_, i) => i + 1));
  });

  test.each([
    ['text that is cut off', () => read('iron-scf/data-file-schema.xml').slice(0, 20_000)],
    ['a document type with entities', () => '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['another document', () => '<html><body/></html>'],
    ['nothing', () => ''],
  ])('is refused where it is %s', (_, text) => {
    expect(() => readPwXml(text())).toThrow();
  });
});

describe('the gap', () => {
  const point: [number, number, number] = [0, 0, 0];
  const run = (change: Partial<PwRun>): PwRun =>
    ({
      ...{ electrons: 4, isSpinPolarised: false, isNoncollinear: false },
      kpoints: [{ fractional: point, weight: 1, planeWaves: 1 }],
      ...change,
    }) as PwRun;

  test('counts two electrons a band without spin, one with spinors', () => {
    const eigenvaluesHartree = [[[0, 0.1, 0.3, 0.4, 0.9]]];
    expect(gapOf([{ run: run({ eigenvaluesHartree }) }], null).valence!.band).toBe(1);
    expect(gapOf([{ run: run({ eigenvaluesHartree, isNoncollinear: true }) }], null).valence!.band).toBe(3);
  });

  test('with spin lies between the highest filled and the lowest empty of both', () => {
    const eigenvaluesHartree = [[[0, 0.1, 0.2, 0.9]], [[0, 0.5, 0.6, 0.7]]];
    const spin = run({ isSpinPolarised: true, eigenvaluesHartree });
    const gap = gapOf([{ run: spin }], 2);
    expect([gap.valence!.band, gap.conduction!.band]).toEqual([2, 1]);
    expect(gap.gapEv).toBeCloseTo(0.3 * 27.211386245988, 9);
    // A moment that is not whole leaves bands partly filled.
    expect(gapOf([{ run: spin }], 1.4).kind).toBe('metal');
  });
});

describe('projections', () => {
  const output = read('iron-bands/projwfc.out');
  const states = readStates(output);

  test('name their orbitals by our numbers', () => {
    const orbitals = toOrbitals(states, ['Fe'], { Fe: [3, 4, 3, 3] });
    const names = orbitals.map(
      ({ n, l, m }) => `${n}${['s', ['y', 'z', 'x'][m], ['xy', 'yz', 'z2', 'xz', 'x2-y2'][m]][l]}`,
    );
    expect(names).toEqual(['3s', '4s', '3z', '3x', '3y', '3z2', '3xz', '3yz', '3x2-y2', '3xy']);
    expect(statesFile(states[9]!)).toBe('pdos.pdos_atm#1(Fe)_wfc#4(d)');
  });

  test('give the weight of each orbital in each band', () => {
    const weights = readWeights(parseXml(read('iron-bands/atomic_proj.xml')), states.length);
    expect(weights.map((spin) => spin.length)).toEqual([1, 1]);
    // As projwfc.x prints the lowest state: psi = a*[# 1]+b*[# 2].
    const printed = /psi = ([\d.]+)\*\[#\s+1\]\+([\d.]+)\*\[#\s+2\]/.exec(output)!;
    expect(weights[0]![0]![0]![0]).toBeCloseTo(Number(printed[1]), 3);
    expect(weights[0]![0]![0]![1]).toBeCloseTo(Number(printed[2]), 3);
  });

  test('give the charges of both spins', () => {
    const { charges, spilling } = readCharges(output, 2);
    expect(charges).toHaveLength(2);
    expect(charges[0]).toHaveLength(1);
    // It is no share of anything on a path; the number is what was printed.
    expect(spilling).toBe(-0.083);
  });

  test('read the principal quantum numbers in the case that each writer chose', () => {
    const upf =
      '<PP_CHI.1 type="real" size="3" label="3S" l="0">\n</PP_CHI.1><PP_CHI.2 type="real"\n index="2" label="4p" l="1">';
    expect(readPrincipals(upf)).toEqual([3, 4]);
  });

  test('are put on the energies of the whole density of states', () => {
    const file = '# E (eV) ldosup ldosdw pdosup pdosdw\n 0.0 0 0 1.0 2.0\n 1.0 0 0 3.0 4.0\n 2.0 0 0 5.0 6.0\n';
    const state = { atom: 1, kind: 'Fe', radial: 1, l: 0, order: 0 };
    const found = readOrbitalStates([state], new Map([[statesFile(state), file]]), [-1, 0, 0.5, 2, 3], 2);
    expect(found).toEqual([[[0, 1, 2, 5, 0]], [[0, 2, 3, 6, 0]]]);
  });
});

test('the table of dos.x is read with and without spin', () => {
  expect(readDos('#  E (eV)   dos(E)     Int dos(E)\n -1.0 0.5E+00 0.1E-100\n 0.0 0.1000-101 2.0\n')).toEqual({
    ...{ energiesEv: [-1, 0], statesPerEv: [[0.5, 0.1e-101]], integratedStates: [[0.1e-100, 2]] },
  });
  expect(readDos('-1 1 2 0\n0 3 4 1\n').statesPerEv).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(readFortran('1.5D+02')).toBe(150);
});

describe('progress', () => {
  const progressOf = (task: 'scf' | 'relax' | 'dos', isSlab = false) =>
    new PwProgress({ thresholdRydberg: 1e-9, volumeAngstrom3: 10, task, isSlab }, () => 1);

  test('is told from the output as it grows: each iteration with its residual in Ha', () => {
    const reader = progressOf('scf');
    const told = read('iron-scf/pw.out')
      .split('\n')
      .flatMap((line) => reader.read(line));
    const recorded = read('iron-scf/progress.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told.map((item) => ({ ...item, seconds: 0 }))).toEqual(
      recorded.filter(({ kind }) => kind === 'scf').map((item) => ({ ...item, threshold: 5e-10, seconds: 0 })),
    );
  });

  test('names each geometry of a relaxation, and of nothing else', () => {
    const lines = [
      '!    total energy              =     -15.5 Ry',
      '     atom    1 type  1   force =    -0.02000000    0.01000000    0.00100000',
      '          total   stress  (Ry/bohr**3)                   (kbar)     P=       12.50',
      '   0.00010000   0.00000000   0.00000000           14.71        0.00        0.00',
      '   0.00000000   0.00010000   0.00000000            0.00       14.71        0.00',
      '   0.00000000   0.00000000   0.00005493            0.00        0.00        8.08',
    ];
    const pressureOf = (isSlab: boolean) => {
      const reader = progressOf('relax', isSlab);
      const told = lines.flatMap((line) => reader.read(line));
      expect(told).toMatchObject([
        { kind: 'geometry', step: 0, energyHartree: -7.75, largestForceHartreePerBohr: 0.01 },
      ]);
      return (told[0] as { pressureGpa: number }).pressureGpa;
    };
    expect(pressureOf(false)).toBeCloseTo(1.25, 3);
    // The height of a slab is vacuum: only its plane has a stress.
    expect(pressureOf(true)).toBeCloseTo((2 * 1.471) / 3, 3);
    const other = progressOf('scf');
    expect(lines.flatMap((line) => other.read(line))).toEqual([]);
  });

  test('counts the k-points of a mesh', () => {
    expect(progressOf('dos').read('     Computing kpt #:     3  of    16')).toMatchObject([
      { kind: 'kpoint', done: 3, total: 16 },
    ]);
  });
});
