import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KernelError } from '@/kernels/core/errors';
import { cellParameters } from '@/kernels/crystal/cell';
import { checkOccupancies, checkStructure } from '@/kernels/crystal/check-structure';
import { readStructure } from '@/kernels/crystal/formats/read-structure';
import { type WrittenFormat, writeStructure } from '@/kernels/crystal/formats/write-structure';
import { formula } from '@/kernels/crystal/formula';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { nearestPair } from '@/kernels/crystal/neighbours';
import { cartesianPositions, parseStructure } from '@/kernels/crystal/structure';
import { analyzeSymmetry, loadSymmetry } from '@/kernels/crystal/symmetry';
import { diamond, monoclinic, mutilated, rockSalt, turned, wurtzite } from './support';

loadSymmetry(readMoyoWasm());

const folder = new URL('../../../../shared/data/structures/', import.meta.url);
const source = (name: string) => {
  const bytes = readFileSync(new URL(encodeURIComponent(name), folder));
  return name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
};

const files: [name: string, formula: string, sites: number, group: number][] = [
  ['Cu-FCC.json', 'Cu', 1, 225],
  ['Fe-BCC.json', 'Fe', 1, 229],
  ['Po-simple-cubic.json', 'Po', 1, 221],
  ['LiFePO4.cif', 'LiFePO4', 28, 14],
  ['Li4Fe3Mn1(PO4)4.cif', 'Li4MnFe3P4O16', 28, 1],
  ['TiO2.cif', 'TiO2', 6, 136],
  ['NaCl-cubic.poscar', 'NaCl', 8, 225],
  ['aviary-CuF3K-triolith.poscar', 'ZrZnN3', 10, 140],
  ['mp-1.json', 'Cs', 2, 229],
  ['mp-1183057-Ac3-trigonal.json.gz', 'Ac', 3, 152],
  ['mp-1183089-Ac4Mg2-monoclinic.json', 'Ac2Mg', 6, 12],
  ['mp-1207297-Ac2Br2O1-tetragonal.json', 'Ac2Br2O', 5, 123],
  ['mp-2.json', 'Pd', 4, 225],
  ['mp-7000-optimade.json', 'SiO2', 9, 152],
  ['mp-862690-Ac4-hexagonal.json', 'Ac', 4, 194],
  ['quartz-alpha.cif', 'SiO2', 18, 152],
  ['P24Ru4H252C296S24N16.cif', 'P6H63RuC74S6N4', 616, 0],
];

describe('files of other programs', () => {
  for (const [name, expected, sites, group] of files) {
    const has = existsSync(new URL(encodeURIComponent(name), folder));
    it.skipIf(!has)(`reads ${name}`, () => {
      const { structure } = readStructure(source(name), name);
      expect(formula(structure)).toBe(expected);
      expect(structure.sites).toHaveLength(sites);
      if (group) expect(analyzeSymmetry(structure, { toleranceAngstrom: 0.01 }).spaceGroupNumber).toBe(group);
    });
  }
});

describe('round trips', () => {
  const isSame = (a: number[], b: number[], digits = 10) =>
    a.forEach((x, i) => void expect(x).toBeCloseTo(b[i]!, digits));
  const partial = parseStructure({
    cellAngstrom: [
      [4, 0, 0],
      [0.3, 5, 0],
      [-0.4, 0.7, 6],
    ],
    sites: [
      {
        species: [
          { element: 'Li', concentration: 0.6 },
          { element: 'Fe', concentration: 0.3 },
        ],
        fractional: [0.1, 0.2, 0.3],
        label: 'M1',
      },
      { element: 'O', fractional: [0.5, 0.5, 0.5], label: 'O1' },
    ],
  });

  it.each(['cif', 'poscar', 'xyz', 'json'] as WrittenFormat[])('%s keeps cell, elements and positions', (format) => {
    for (const structure of [rockSalt, wurtzite, monoclinic]) {
      const again = readStructure(writeStructure(structure, format));
      expect(again.format).toBe(format);
      expect(again.structure.sites.map((s) => s.species)).toEqual(structure.sites.map((s) => s.species));
      for (const [i, site] of again.structure.sites.entries()) isSame(site.position, structure.sites[i]!.position);
      const before = cellParameters(structure.cellAngstrom!);
      const after = cellParameters(again.structure.cellAngstrom!);
      isSame([...after.lengthsAngstrom, ...after.anglesDegrees], [...before.lengthsAngstrom, ...before.anglesDegrees]);
    }
  });

  it('poscar and xyz keep the orientation, poscar and json every bit', () => {
    const structure = turned(monoclinic);
    expect(readStructure(writeStructure(structure, 'poscar')).structure).toEqual(structure);
    expect(readStructure(writeStructure(structure, 'json')).structure).toEqual(structure);
    expect(readStructure(writeStructure(structure, 'xyz')).structure.cellAngstrom).toEqual(structure.cellAngstrom);
  });

  it('cif keeps partial occupancies and labels', () => {
    const again = readStructure(writeStructure(partial, 'cif')).structure;
    expect(again.sites.map(({ species, label }) => [species, label])).toEqual(
      partial.sites.map(({ species, label }) => [species, label]),
    );
    expect(checkOccupancies(again)).toHaveLength(1);
    for (const format of ['poscar', 'xyz'] as WrittenFormat[]) {
      expect(() => writeStructure(partial, format)).toThrow(/partial occupancies/);
    }
  });

  it('xyz keeps molecules, slabs, moments, charges and masses', () => {
    const molecule = parseStructure({
      sites: [
        { element: 'O', cartesianAngstrom: [0, 0, 0.1], chargeE: -0.8, massU: 18 },
        { element: 'H', cartesianAngstrom: [0.76, 0.5, -1e-9], chargeE: 0.4, massU: 2 },
      ],
    });
    expect(readStructure(writeStructure(molecule, 'xyz')).structure).toEqual(molecule);
    const slab = parseStructure({
      cellAngstrom: [
        [3, 0, 0],
        [0, 4, 0],
        [0, 0, 20],
      ],
      periodic: [true, true, false],
      sites: [{ element: 'Fe', fractional: [0, 0.5, 0.25], momentBohrMagneton: 2.2 }],
    });
    expect(readStructure(writeStructure(slab, 'xyz')).structure).toEqual(slab);
    expect(() => writeStructure(molecule, 'cif')).toThrow(/needs a cell/);
  });
});

describe('poscar', () => {
  const poscar = (scale: string, mode: string, rows: string, head = 'Ga As\n1 1') =>
    `title\n${scale}\n0 2 2\n2 0 2\n2 2 0\n${head}\n${mode}\n${rows}\n`;
  const read = (text: string) => readStructure(text, 'POSCAR');

  it('scales by a factor, by a volume and by three factors, cartesian coordinates included', () => {
    const rows = '0 0 0\n1 1 1';
    expect(read(poscar('1.5', 'Cartesian', rows)).structure.cellAngstrom![0]).toEqual([0, 3, 3]);
    expect(read(poscar('-54', 'Cartesian', rows)).structure.cellAngstrom![0]![1]).toBeCloseTo(3, 12);
    expect(read(poscar('1 1 2', 'c', rows)).structure.cellAngstrom![0]).toEqual([0, 2, 4]);
    for (const scale of ['1.5', '-54', '1 1 2']) {
      const { structure } = read(poscar(scale, 'Cartesian', rows));
      structure.sites[1]!.position.forEach((x) => void expect(x).toBeCloseTo(0.25, 12));
    }
  });

  it('reads selective dynamics, suffixes of symbols, velocities behind, and repeated elements', () => {
    const { structure, notes } = read(
      poscar(
        '1',
        'Selective dynamics\nDirect',
        '0 0 0 T T F\n.25 .25 .25 F F F\n.5 .5 .5 T T T\n\n0 0 0\n0 0 0',
        'Ga_d As/0a1b Ga\n1 1 1',
      ),
    );
    expect(structure.sites.map((s) => s.species[0]!.element)).toEqual(['Ga', 'As', 'Ga']);
    expect(notes.join()).toContain('Selective dynamics');
  });

  it('takes elements of VASP 4 files from the title or from behind the coordinates, and else says what is missing', () => {
    const body = '1.0\n3 0 0\n0 3 0\n0 0 3\n2 1\nDirect\n';
    expect(formula(read(`Li O\n${body}0 0 0\n.5 .5 .5\n.2 .2 .2`).structure)).toBe('Li2O');
    expect(formula(read(`a title\n${body}0 0 0 Li\n.5 .5 .5 Li\n.2 .2 .2 O`).structure)).toBe('Li2O');
    expect(() => read(`a title\n${body}0 0 0\n.5 .5 .5\n.2 .2 .2`)).toThrow(/does not name its elements/);
  });

  it('reads the exponents of Fortran and Mathematica', () => {
    const { structure } = read(poscar('1.0D0', 'Direct', '1.0E-3 2.71828D-3 3.141*^-3\n4.0d-4 5.0E-4 6.0*^-4'));
    expect(structure.sites[0]!.position).toEqual([0.001, 0.00271828, 0.003141]);
  });
});

describe('cif', () => {
  const cif = (symmetry: string, atoms: string, cell = [5.43, 5.43, 5.43, 90, 90, 90]) =>
    `data_x\n${['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'].map((tag, i) => `_cell_${tag} ${cell[i]}(2)`).join('\n')}\n${symmetry}\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n${atoms}\n`;
  const groupOf = (text: string) => {
    const { structure } = readStructure(text);
    return [structure.sites.length, analyzeSymmetry(structure).spaceGroupNumber];
  };

  it('expands a space group given by name or number, and finds the origin that the atoms mean', () => {
    for (const symmetry of [
      "_symmetry_space_group_name_H-M 'F d -3 m'",
      '_space_group_IT_number 227',
      "_space_group_name_H-M_alt 'F d -3 m :1'",
      "_symmetry_space_group_name_Hall 'F 4d 2 3 -1d'",
    ]) {
      expect(groupOf(cif(symmetry, 'Si1 0 0 0 1'))).toEqual([8, 227]);
    }
    expect(groupOf(cif("_symmetry_space_group_name_H-M 'F d -3 m'", 'Si1 0.125 0.125 0.125 1'))).toEqual([8, 227]);
    expect(groupOf(cif("_space_group_name_H-M_alt 'F d -3 m :2'", 'Si1 0.125 0.125 0.125 1'))).toEqual([8, 227]);
  });

  it('knows settings of monoclinic groups and both axes of rhombohedral ones', () => {
    const cell = [5.1, 5.2, 5.3, 90, 99, 90];
    const sites = 'Zr1 0.275 0.04 0.208 1\nO1 0.07 0.332 0.345 1';
    expect(groupOf(cif("_symmetry_space_group_name_H-M 'P 1 21/c 1'", sites, cell))).toEqual([8, 14]);
    expect(groupOf(cif("_symmetry_space_group_name_H-M 'P 21/n'", sites, cell))).toEqual([8, 14]);
    expect(groupOf(cif("_symmetry_space_group_name_H-M 'P 21/a'", sites, cell))).toEqual([8, 14]);
    expect(groupOf(cif('_space_group_IT_number 14', sites, [5.1, 5.3, 5.2, 90, 90, 99]))).toEqual([8, 14]);
    expect(
      groupOf(cif("_symmetry_space_group_name_H-M 'R -3 m'", 'Bi1 0 0 0.234 1', [4.53, 4.53, 11.8, 90, 90, 120])),
    ).toEqual([6, 166]);
    expect(
      groupOf(
        cif("_symmetry_space_group_name_H-M 'R -3 m'", 'Bi1 .234 .234 .234 1', [4.7, 4.7, 4.7, 57.2, 57.2, 57.2]),
      ),
    ).toEqual([2, 166]);
  });

  it('puts 0.3333 onto the threefold axis', () => {
    const { structure } = readStructure(
      cif(
        "_symmetry_space_group_name_H-M 'P 63 m c'",
        'Zn1 0.3333 0.6667 0 1\nO1 0.3333 0.6667 0.382 1',
        [3.25, 3.25, 5.2, 90, 90, 120],
      ),
    );
    expect(structure.sites).toHaveLength(4);
    expect(structure.sites[0]!.position[0]).toBeCloseTo(1 / 3, 12);
    expect(analyzeSymmetry(structure, { toleranceAngstrom: 1e-6 }).spaceGroupNumber).toBe(186);
  });

  it('reads listed operations in any writing, fractions, uncertainties, comments, text fields and unknown values', () => {
    const text = cif(
      "# a comment\n_title\n;\nsome _cell_length_a text 'with quotes\n;\nloop_\n_space_group_symop_operation_xyz\n'x,y,z'\n' -X , 1/2+y, -z+.5 '\n\"-x, -y, -z\"\nx,1/2-y,1/2+z",
      "Zr4+ 1/4(1) 0.04(3) 0.208 .\nO1' 0.07 0.332 0.345 ?\nX1 ? ? ? 1",
      [5.1, 5.2, 5.3, 90, 99, 90],
    );
    const { structure, notes } = readStructure(text);
    expect(structure.sites).toHaveLength(8);
    expect(structure.sites[0]!.position[0]).toBe(0.25);
    expect(notes.join()).toContain('1 row without coordinates');
  });

  it('keeps partial occupancies as species of one site', () => {
    const { structure } = readStructure(
      cif('_space_group_IT_number 221', 'Na1 0 0 0 0.75\nK1 0 0 0 0.25\nCl1 .5 .5 .5 0.9', [4, 4, 4, 90, 90, 90]),
    );
    expect(structure.sites.map(({ species }) => species)).toEqual([
      [
        { element: 'K', concentration: 0.25 },
        { element: 'Na', concentration: 0.75 },
      ],
      [{ element: 'Cl', concentration: 0.9 }],
    ]);
  });

  it('takes the first of several blocks with atoms and says so', () => {
    const two = `data_global\n_audit_author me\n${cif('_space_group_IT_number 1', 'Si1 0 0 0 1')}${cif('_space_group_IT_number 1', 'Ge1 0 0 0 1')}`;
    const { structure, notes } = readStructure(two);
    expect(formula(structure)).toBe('Si');
    expect(notes.join()).toContain('2 blocks with atoms');
  });

  it('says what was expected and on which line', () => {
    const message = (text: string) => {
      try {
        readStructure(text, 'x.cif');
      } catch (err) {
        return (err as Error).message;
      }
    };
    expect(message(cif('', 'Si1 0 0 zero 1'))).toMatch(
      /^Line 15: atom 1 should have three fractional coordinates, not "0 0 zero"/,
    );
    expect(message(cif('', 'Q1 0 0 0 1'))).toMatch(/"Q1" names no element/);
    expect(message(cif("_symmetry_space_group_name_H-M 'P 99'", 'Si1 0 0 0 1'))).toMatch(
      /Line 8: there is no space group "P 99"/,
    );
    expect(message(cif('_space_group_IT_number 227', 'Si1 0 0 0 1', [5, 6, 7, 90, 90, 90]))).toMatch(
      /does not have the lengths and angles/,
    );
    expect(message(cif('', 'Si1 0 0 0 1', [5, 6, 7, 150, 90, 20]))).toMatch(/no cell has the angles/);
    expect(message(cif('', 'Si1 0 0 0'))).toMatch(/last row is not complete/);
    expect(message('data_x\n_cell_length_a 5\n')).toMatch(/no data block with fractional/);
  });
});

describe('xyz', () => {
  it('reads columns in any order, atomic numbers, pbc, and the first of several frames', () => {
    const frame =
      '2\nProperties=id:I:1:pos:R:3:species:S:1:magmoms:R:1 Lattice="3 0 0 0 4 0 0 0 5" pbc="T F T"\n1 0 0 0 Fe 2.5\n2 1.5 2 2.5 14 0\n';
    const { structure, notes } = readStructure(frame + frame);
    expect(structure.periodic).toEqual([true, false, true]);
    expect(structure.sites.map((s) => s.species[0]!.element)).toEqual(['Fe', 'Si']);
    expect(structure.sites[1]!.position).toEqual([0.5, 0.5, 0.5]);
    expect(structure.sites[0]!.momentBohrMagneton).toBe(2.5);
    expect(notes.join()).toContain('more than one frame');
  });

  it('reads plain XYZ as a molecule and names the line of a fault', () => {
    expect(cartesianPositions(readStructure('1\n\nHe 0.1 0.2 0.3').structure)).toEqual([[0.1, 0.2, 0.3]]);
    expect(() => readStructure('2\nwater\nO 0 0 0\nH 0 zero 0\n')).toThrow(
      /^Line 4: three coordinates of atom 2 \(H\)/,
    );
    expect(() => readStructure('3\nwater\nO 0 0 0\n')).toThrow(/^Line 4: atom 2 was expected/);
  });
});

describe('hostile input', () => {
  const samples = [
    writeStructure(wurtzite, 'cif'),
    writeStructure(diamond, 'poscar'),
    writeStructure(rockSalt, 'xyz'),
    writeStructure(monoclinic, 'json'),
    "data_q\n_cell_length_a 4.9\n_cell_length_b 4.9\n_cell_length_c 5.4\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120\n_symmetry_space_group_name_H-M 'P 31 2 1'\nloop_\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nSi .47 0 .3333 0.5\nO .41 .27 .12 1\n",
  ];
  const onlyKernelErrors = (text: string, name = '') => {
    try {
      readStructure(text, name);
    } catch (err) {
      if (!(err instanceof KernelError))
        throw new Error(`${(err as Error).stack}\nfrom ${JSON.stringify(text.slice(0, 500))}`);
    }
  };

  it('never throws anything but KernelError, whatever is cut or changed', () => {
    const snippets = [
      '',
      ' ',
      '\n',
      '0',
      '-1',
      '1e999',
      'NaN',
      "'",
      '"',
      ';',
      '\n;',
      'loop_',
      'data_',
      '_atom_site_fract_x',
      '{',
      '[',
      '}',
      'null',
      '9999999',
      '/',
      '(',
      '?',
      '\u0000',
      '\ud800',
      '__proto__',
      '1/0',
      'x,y,z',
      'Zz',
    ];
    const names = ['', 'a.cif', 'POSCAR', 'a.xyz', 'a.json'];
    for (const { text, name } of mutilated({ samples, snippets, names, count: 3000, seed: 20260101 }))
      onlyKernelErrors(text, name);
  });

  it('never hangs on long, deep or repetitive files', () => {
    const start = performance.now();
    const rows = (n: number, row: string) => Array(n).fill(row).join('\n');
    const cell = samples[4]!.split('_symmetry')[0]!;
    const table =
      'loop_\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\n';
    for (const text of [
      '('.repeat(1e6),
      '['.repeat(1e5),
      `{"a":${'['.repeat(1e5)}`,
      `data_${"'".repeat(1e6)}`,
      `data_\n;${'\n; '.repeat(3e5)}`,
      `data_x\n${'loop_\n'.repeat(3e5)}`,
      `2\n${'a='.repeat(5e4)}\n${'x '.repeat(1e5)}`,
      `t\n1\n1 0 0\n0 1 0\n0 0 1\nH\n999999999\nDirect\n`,
      `t\n1\n1 0 0\n0 1 0\n0 0 1\n${'H '.repeat(1e5)}\n${'1 '.repeat(1e5)}\nDirect\n`,
      `${cell}${table}${rows(50_000, 'Si 0.1 0.1 0.1 1')}\n`,
      `${cell}${table}${rows(50_000, 'Si 0.1 0.1 0.1 0.00001')}\n`,
      `${cell}_space_group_IT_number 152\n${table}${rows(30_000, 'Si 0.1 0.2 0.3 1')}\n`,
      `${cell}loop_\n_symmetry_equiv_pos_as_xyz\n${rows(20_000, "'x,y,z'")}\n${table}Si 0 0 0 1\n`,
      `${cell}loop_\n_symmetry_equiv_pos_as_xyz\n${`'${'x+'.repeat(1e5)}x,y,z'`}\n${table}Si 0 0 0 1\n`,
    ]) {
      const begun = performance.now();
      onlyKernelErrors(text, 'x.cif');
      onlyKernelErrors(text);
      expect(performance.now() - begun).toBeLessThan(6000);
    }
    expect(performance.now() - start).toBeLessThan(25_000);
  });

  it('refuses what is too large, empty or unknown, and numbers beyond measure', () => {
    const code = (text: string, name?: string) => {
      try {
        readStructure(text, name);
      } catch (err) {
        return (err as KernelError).code;
      }
    };
    expect(code('x'.repeat(10_000_001))).toBe('file-too-large');
    expect(code('')).toBe('bad-file');
    expect(code('hello world')).toBe('unknown-format');
    expect(code(writeStructure(diamond, 'poscar').replace('0.25', '1e300'))).toBe('bad-structure');
    expect(code(writeStructure(diamond, 'poscar').replace('0.25', 'nan'))).toBe('bad-file');
    expect(code(writeStructure(diamond, 'json').replace('0.25', '1e999'))).toBe('bad-structure');
  });

  it('sees that a file of overlapping atoms is one', () => {
    const { structure } = readStructure('2\n\nH 0 0 0\nH 0 0 0.1\n');
    expect(nearestPair(structure)!.distanceAngstrom).toBeCloseTo(0.1, 12);
    expect(checkStructure(structure)[0]!.code).toBe('overlap');
  });
});
