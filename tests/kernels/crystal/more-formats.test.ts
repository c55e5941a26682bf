import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOHR_ANGSTROM } from '@/kernels/core/constants';
import { KernelError } from '@/kernels/core/errors';
import { cellParameters, cellVolume } from '@/kernels/crystal/cell';
import { bravaisCell } from '@/kernels/crystal/formats/bravais-of-espresso';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { type WrittenFormat, writeStructure } from '@/kernels/crystal/formats/write-structure';
import { cartesianPositions, parseStructure } from '@/kernels/crystal/structure';
import { isFullRun } from '../../full-run';
import { monoclinic, mutilated, rockSalt, turned, wurtzite } from './support';

const isNear = (a: readonly number[], b: readonly number[], digits = 8) =>
  a.forEach((x, i) => void expect(x).toBeCloseTo(b[i]!, digits));
const read = (lines: string[], name = '') => readStructure(lines.join('\n'), name);

it.each(['xsf', 'espresso'] as WrittenFormat[])(
  '%s keeps cell with its orientation, elements and positions',
  (format) => {
    for (const structure of [rockSalt, wurtzite, monoclinic, turned(monoclinic)]) {
      const again = readStructure(writeStructure(structure, format));
      expect(again.format).toBe(format);
      expect(again.structure.sites.map((site) => site.species)).toEqual(structure.sites.map((site) => site.species));
      isNear(again.structure.cellAngstrom!.flat(), structure.cellAngstrom!.flat(), 10);
      isNear(cartesianPositions(again.structure).flat(), cartesianPositions(structure).flat(), 9);
    }
  },
);

describe('xsf', () => {
  const slab = parseStructure({
    ...{
      cellAngstrom: [
        [3, 0, 0],
        [0, 4, 0],
        [0, 0, 20],
      ],
      periodic: [true, true, false],
    },
    sites: [{ element: 'Fe', fractional: [0, 0.5, 0.25] }],
  });
  const water = parseStructure({
    sites: [
      { element: 'O', cartesianAngstrom: [0, 0, 0.1] },
      { element: 'H', cartesianAngstrom: [0.76, 0.5, -1e-9] },
    ],
  });

  it('keeps slabs and molecules, and says what it cannot hold', () => {
    expect(readStructure(writeStructure(slab, 'xsf')).structure).toEqual(slab);
    expect(readStructure(writeStructure(water, 'xsf')).structure).toEqual(water);
    expect(() => writeStructure({ ...slab, periodic: [false, true, true] }, 'xsf')).toThrow(/first two cell vectors/);
  });

  it('takes the first step of several, with forces behind the coordinates and numbers for elements', () => {
    const { structure, notes } = read([
      ...['# steps of silicon', 'ANIMSTEPS 2', 'CRYSTAL', 'PRIMVEC', '0 2.7 2.7', '2.7 0 2.7', '2.7 2.7 0'],
      ...['PRIMCOORD 1', '2 1', '14 0 0 0 0.1 0.1 0.1', 'Si 1.35 1.35 1.35 -0.1 -0.1 -0.1', 'PRIMCOORD 2', '2 1'],
      ...['14 0 0 0.1', '14 1.35 1.35 1.35'],
    ]);
    expect(structure.sites.map(({ species }) => species[0]!.element)).toEqual(['Si', 'Si']);
    isNear(structure.sites[1]!.position, [0.25, 0.25, 0.25]);
    expect(notes).toEqual(['The file has several steps; the first was taken.']);
  });
});

describe('inputs of Quantum ESPRESSO', () => {
  const input = (system: string, cards: string[]) =>
    read([
      "&control calculation='scf', title = 'a = 3, nat = 9', prefix=\"x\" /",
      `&SYSTEM ${system} ecutwfc = 30 ! Ry, a = 7`,
      ...['/', '&electrons', '/', 'ATOMIC_SPECIES', 'Fe1 55.845 Fe.UPF # iron', 'O 15.999 O.UPF', ...cards],
    ]).structure;

  it('takes lengths in alat, bohr, angstrom and crystal, fractions, and labels of sublattices', () => {
    const atoms = ['Fe1 0 0 0', 'O 1/2 0.5d0 .5 0 0 0'];
    const lattice = 'ibrav=1, celldm(1) = 8.0, nat=2, ntyp=2,';
    const [first, second] = input(lattice, ['ATOMIC_POSITIONS {crystal}', ...atoms, 'K_POINTS gamma']).sites;
    expect(first).toMatchObject({ species: [{ element: 'Fe' }], label: 'Fe1' });
    expect(second!.position).toEqual([0.5, 0.5, 0.5]);
    for (const [unit, half] of [
      ['(alat)', '0.5'],
      ['bohr', '4.0'],
      ['angstrom', String(4 * BOHR_ANGSTROM)],
      ['', '0.5'],
    ] as const) {
      const { sites } = input(lattice, [`ATOMIC_POSITIONS ${unit}`, 'Fe1 0 0 0', `O ${half} ${half} ${half}`]);
      isNear(sites[1]!.position, [0.5, 0.5, 0.5], 10);
    }
  });

  it('takes the cell from its card: in units of alat, of bohr, of what A says', () => {
    const cell = [
      'CELL_PARAMETERS (alat)',
      '0 0.5 0.5',
      '0.5 0 0.5',
      '0.5 0.5 0',
      'ATOMIC_POSITIONS crystal',
      'O 0 0 0',
    ];
    expect(cellVolume(input('ibrav=0, A = 4, nat=1, ntyp=1', cell).cellAngstrom!)).toBeCloseTo(16, 10);
    const stated = ['CELL_PARAMETERS alat= 2.0', ...cell.slice(1)];
    expect(cellVolume(input('ibrav=0, nat=1, ntyp=1', stated).cellAngstrom!)).toBeCloseTo(2 * BOHR_ANGSTROM ** 3, 10);
    expect(() => input('ibrav=0, nat=1, ntyp=1', cell)).toThrow(/alat need celldm\(1\) or A/);
    expect(() => input('ibrav=1, nat=1, ntyp=1', cell.slice(4))).toThrow(/make no cell/);
    expect(() => input('ibrav=33, A=3, nat=1, ntyp=1', cell.slice(4))).toThrow(/no lattice with ibrav = 33/);
    expect(() => input('ibrav=1, A=3, nat=2, ntyp=1', cell.slice(4))).toThrow(/2 atoms were expected/);
  });

  const lattices: Record<number, string> = {
    ...{ 1: '', 2: '', 3: '', [-3]: '', 4: 'celldm(3)=1.6', 5: 'celldm(4)=0.3', [-5]: 'celldm(4)=0.3' },
    ...{ 6: 'celldm(3)=1.3', 7: 'celldm(3)=1.3', 8: 'celldm(2)=1.2, celldm(3)=1.3', 9: 'celldm(2)=1.2, celldm(3)=1.3' },
    ...{ [-9]: 'celldm(2)=1.2, celldm(3)=1.3', 91: 'celldm(2)=1.2, celldm(3)=1.3', 10: 'celldm(2)=1.2, celldm(3)=1.3' },
    ...{ 11: 'celldm(2)=1.2, celldm(3)=1.3', 12: 'celldm(2)=1.2, celldm(3)=1.3, celldm(4)=0.2' },
    ...{ [-12]: 'celldm(2)=1.2, celldm(3)=1.3, celldm(5)=0.2', 13: 'celldm(2)=1.2, celldm(3)=1.3, celldm(4)=0.2' },
    ...{ [-13]: 'celldm(2)=1.2, celldm(3)=1.3, celldm(5)=0.2' },
    ...{ 14: 'celldm(2)=1.2, celldm(3)=1.3, celldm(4)=0.1, celldm(5)=0.2, celldm(6)=0.3' },
  };
  const hasPw = spawnSync('sh', ['-c', 'command -v pw.x']).status === 0;

  // Of pw.x 6.7 all agree to its six digits.
  it.skipIf(!hasPw || !isFullRun)(
    'each ibrav gives the cell that pw.x makes of it',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'brine-ibrav-'));
      const root = { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1', OMP_NUM_THREADS: '1' };
      for (const [ibrav, more] of Object.entries(lattices)) {
        const system = `ibrav=${ibrav}, celldm(1)=7.0, ${more === '' ? '' : `${more}, `}nat=1, ntyp=1,`;
        const { cellAngstrom } = input(system, ['ATOMIC_POSITIONS crystal', 'O 0 0 0']);
        const file = join(folder, 'in');
        writeFileSync(
          file,
          `&control calculation='scf', pseudo_dir='${folder}', outdir='${folder}/' /\n&system ${system} ecutwfc=4, occupations='smearing', degauss=0.1 /\n&electrons electron_maxstep=0 /\nATOMIC_SPECIES\nH 1.0 H.pz-vbc.UPF\nATOMIC_POSITIONS crystal\nH 0 0 0\nK_POINTS gamma\n`,
        );
        const pseudopotential = spawnSync('find', ['/usr/share', '-name', 'H*.UPF', '-o', '-name', 'H_*.upf'])
          .stdout.toString()
          .split('\n')[0];
        if (!pseudopotential) return;
        writeFileSync(join(folder, 'H.pz-vbc.UPF'), readFileSync(pseudopotential));
        const { stdout } = spawnSync('pw.x', ['-in', file], { cwd: folder, env: { ...process.env, ...root } });
        const said = stdout.toString();
        const axes = [1, 2, 3].map((i) => new RegExp(`a\\(${i}\\) = \\(([^)]*)\\)`).exec(said)?.[1]);
        expect(axes, `${ibrav}: ${said.slice(-500)}`).not.toContain(undefined);
        const alat = Number(/lattice parameter \(alat\)\s*=\s*([\d.]+)/.exec(said)![1]) * BOHR_ANGSTROM;
        const cell = axes.map((row) =>
          row!
            .trim()
            .split(/\s+/)
            .map((x) => Number(x) * alat),
        );
        isNear(cellAngstrom!.flat(), cell.flat(), 4);
      }
      rmSync(folder, { recursive: true });
    },
    120_000,
  );

  it('lattices have the lengths and angles that their names say', () => {
    const lattice = { a: 3, b: 4, c: 5, cosBC: 0.1, cosAC: 0.2, cosAB: 0.3 };
    const { lengthsAngstrom, anglesDegrees } = cellParameters(bravaisCell(14, lattice));
    isNear(lengthsAngstrom, [3, 4, 5]);
    isNear(
      anglesDegrees.map((angle) => Math.cos((angle * Math.PI) / 180)),
      [0.1, 0.2, 0.3],
    );
    for (const ibrav of [5, -5]) {
      const trigonal = cellParameters(bravaisCell(ibrav, lattice));
      isNear(trigonal.lengthsAngstrom, [3, 3, 3]);
      isNear(
        trigonal.anglesDegrees.map((angle) => Math.cos((angle * Math.PI) / 180)),
        [0.3, 0.3, 0.3],
      );
    }
  });
});

it('outputs of Quantum ESPRESSO give the last geometry', () => {
  const header = [
    ...[
      '     Program PWSCF v.6.7MaX starts',
      '     lattice parameter (alat)  =       7.6500  a.u.',
      '     crystal axes: (cart. coord. in units of alat)',
    ],
    ...[
      '               a(1) = (  -0.500000   0.000000   0.500000 )',
      '               a(2) = (   0.000000   0.500000   0.500000 )',
    ],
    ...[
      '               a(3) = (  -0.500000   0.500000   0.000000 )',
      '',
      '     site n.     atom                  positions (alat units)',
    ],
    ...['         1           Al  tau(   1) = (   0.0000000   0.0000000   0.0000000  )', ''],
  ];
  const first = read(header);
  expect(first).toMatchObject({ format: 'espresso', notes: [] });
  expect(cellVolume(first.structure.cellAngstrom!)).toBeCloseTo((7.65 * BOHR_ANGSTROM) ** 3 / 4, 8);
  const moved = read([
    ...[...header, 'CELL_PARAMETERS (alat=  7.65000000)', '-0.51 0 0.51', '0 0.51 0.51', '-0.51 0.51 0', ''],
    ...['ATOMIC_POSITIONS (crystal)', 'Al 0.25 0 0', 'End final coordinates'],
  ]);
  expect(moved.notes).toEqual(['The last geometry of the output was taken.']);
  expect(cellVolume(moved.structure.cellAngstrom!)).toBeCloseTo((1.02 * 7.65 * BOHR_ANGSTROM) ** 3 / 4, 8);
  isNear(moved.structure.sites[0]!.position, [0.25, 0, 0]);
  expect(() => read(header.slice(0, 3))).toThrow(/ends before it tells the cell/);
});

describe('pdb', () => {
  const atom = (name: string, place: string, xyz: number[], element = '') =>
    `HETATM    1 ${name.padEnd(4)}${place}HOH A   1    ${xyz.map((x) => x.toFixed(3).padStart(8)).join('')}  1.00  0.00          ${element.padStart(2)}`;

  it('takes cell, elements and the first of alternative places and of models', () => {
    const { structure, notes, format } = read([
      ...[
        'HEADER    WATER',
        'CRYST1   10.000   11.000   12.000  90.00 100.00  90.00 P 1           1',
        'MODEL        1',
      ],
      ...[
        atom(' O', 'A', [1, 2, 3], 'O'),
        atom(' O', 'B', [1.1, 2, 3], 'O'),
        atom('CA', ' ', [4, 5, 6], 'CA'),
        atom(' H1', ' ', [1.5, 2, 3]),
      ],
      ...['ENDMDL', 'MODEL        2', atom(' O', ' ', [9, 9, 9], 'O'), 'ENDMDL'],
    ]);
    expect(format).toBe('pdb');
    expect(structure.sites.map(({ species, label }) => [species[0]!.element, label])).toEqual([
      ['O', undefined],
      ['Ca', 'CA'],
      ['H', 'H1'],
    ]);
    isNear(cellParameters(structure.cellAngstrom!).anglesDegrees, [90, 100, 90]);
    isNear(cartesianPositions(structure)[0]!, [1, 2, 3]);
    expect(notes).toEqual([
      'The file has several models; the first was taken.',
      '1 alternative places of atoms were left out.',
    ]);
  });

  it('has no cell where the file has a cube of one angstrom, and says where copies are missing', () => {
    const line = 'CRYST1    1.000    1.000    1.000  90.00  90.00  90.00 P 1           1';
    expect(read([line, atom(' O', ' ', [0, 0, 0], 'O')]).structure.cellAngstrom).toBeNull();
    const group = 'CRYST1   10.000   10.000   10.000  90.00  90.00  90.00 P 21 21 21    4';
    expect(read([group, atom(' O', ' ', [0, 0, 0], 'O')]).notes[0]).toMatch(/space group P 21 21 21/);
  });
});

it('a Gaussian cube gives atoms and the box of its grid, in bohr or angstrom', () => {
  const lines = (sign: number) => [
    ...['title', 'density', '-2 0 0 0', `${sign * 10} 0.5 0 0`, `${sign * 20} 0 0.5 0`, `${sign * 30} 0 0 0.5`],
    ...['8 8.0 1 2 3', '1 1.0 1.5 2 3', '0.1 0.2 0.3'],
  ];
  const bohr = read(lines(1));
  expect(bohr.format).toBe('cube');
  isNear(
    cellParameters(bohr.structure.cellAngstrom!).lengthsAngstrom,
    [5, 10, 15].map((x) => x * BOHR_ANGSTROM),
  );
  isNear(
    cartesianPositions(bohr.structure)[1]!,
    [1.5, 2, 3].map((x) => x * BOHR_ANGSTROM),
  );
  isNear(cartesianPositions(read(lines(-1)).structure)[1]!, [1.5, 2, 3]);
});

describe('data files of LAMMPS', () => {
  const file = (atoms: string[], head = 'Atoms # full') => [
    ...[
      'LAMMPS data file',
      '',
      '2 atoms',
      '2 atom types',
      '',
      '-1.0 9.0 xlo xhi',
      '0.0 8.0 ylo yhi',
      '0 7 zlo zhi',
      '1.0 0 0.5 xy xz yz',
      '',
    ],
    ...['Masses', '', '1 28.0855', '2 15.9994 # O', '', head, '', ...atoms, '', 'Velocities', '', '1 0 0 0'],
  ];

  it('tells elements by masses and comments, sorts atoms, and moves the corner to the origin', () => {
    const { structure, format } = read(file(['2 1 2 -0.8 2 3 4 0 0 0', '1 1 1 1.6 -1 0 0 0 0 0']));
    expect(format).toBe('lammps');
    expect(structure.sites.map(({ species }) => species[0]!.element)).toEqual(['Si', 'O']);
    expect(structure.cellAngstrom).toEqual([
      [10, 0, 0],
      [1, 8, 0],
      [0, 0.5, 7],
    ]);
    isNear(cartesianPositions(structure).flat(), [0, 0, 0, 3, 3, 4]);
  });

  it('guesses the style where no comment names it, and says what is missing', () => {
    for (const rows of [
      ['1 1 0 0 0', '2 2 1 1 1'],
      ['1 1 1.6 0 0 0', '2 2 -0.8 1 1 1'],
      ['1 7 1 0 0 0', '2 7 2 1 1 1'],
      ['1 1 1 0.5 0 0 0', '2 1 2 -0.5 1 1 1'],
    ])
      isNear(cartesianPositions(read(file(rows, 'Atoms')).structure).flat(), [1, 0, 0, 2, 1, 1]);
    expect(() => read(file(['1 1 1 1.6 0 0 0']))).toThrow(/2 atoms were expected/);
    expect(() => read(file(['1 1 9 0 0 0 0', '2 1 2 0 1 1 1']))).toThrow(/type "9" is none/);
  });
});

it('whatever is cut or changed, only sentences are thrown, and soon', () => {
  const samples = [
    writeStructure(rockSalt, 'xsf'),
    writeStructure(wurtzite, 'espresso'),
    '&system ibrav=4, celldm(1)=5, celldm(3)=1.6, nat=1 /\nATOMIC_POSITIONS {bohr}\nH 1/3 2 0.1\n',
    'CRYST1   10.000   11.000   12.000  90.00 100.00  90.00 P 1\nATOM      1  CA  ALA A   1      11.104   6.134  -6.504  1.00  0.00           C\n',
    'a\nb\n1 0 0 0\n4 1 0 0\n4 0 1 0\n4 0 0 1\n6 6 1 1 1\n0.1 0.2\n',
    'x\n1 atoms\n1 atom types\n0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\nMasses\n\n1 12.011\n\nAtoms # atomic\n\n1 1 1 1 1\n',
  ];
  const snippets = [
    '',
    ' ',
    '\n',
    '0',
    '-1',
    '1e999',
    'NaN',
    "'",
    '=',
    '(',
    '}',
    '/',
    'ATOMS',
    'PRIMVEC',
    '&system',
    '9999999999',
    '1/0',
    '\u0000',
    '\ud800',
    'Zz',
    'celldm(1)=0',
    'nat=99999999',
  ];
  const names = ['', 'a.xsf', 'a.pdb', 'a.cube', 'a.pwi'];
  for (const { text, name } of mutilated({ samples, snippets, names, count: 4_000, seed: 20260311 })) {
    try {
      readStructure(text, name);
    } catch (err) {
      if (!(err instanceof KernelError)) throw new Error(`${(err as Error).stack}\nfrom ${JSON.stringify(text)}`);
    }
  }
  for (const text of [
    `&system${' a=1'.repeat(3e5)}`,
    `ATOMIC_POSITIONS\n${'H 0 0 0\n'.repeat(3e5)}`,
    `PRIMCOORD\n${'1 '.repeat(4e5)}`,
    `ATOMS\n${'H 0 0 0\n'.repeat(3e5)}`,
    'HETATM 1\n'.repeat(3e5),
    `9 atoms\nxlo xhi\n${'1 1\n'.repeat(3e5)}`,
    `&system${"'".repeat(1e6)}`,
  ]) {
    const begun = performance.now();
    expect(() => readStructure(text)).toThrow(KernelError);
    expect(performance.now() - begun).toBeLessThan(4_000);
  }
});
