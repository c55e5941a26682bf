import { describe, expect, test } from 'vitest';
import type { Task } from '@/server/engines/engine';
import { applyEdit, toEditable } from '@/server/engines/espresso/input/apply-edit';
import { makePwInput } from '@/server/engines/espresso/input/make-input';
import { postSteps } from '@/server/engines/espresso/input/post-inputs';
import { writePwInput } from '@/server/engines/espresso/input/pw-input';
import { InputError, readPwInput } from '@/server/engines/espresso/input/read-pw-input';
import { chooseParallel } from '@/server/engines/espresso/parallel';
import { prepare } from '@/server/engines/espresso/prepare';
import { isAtLeast, parseVersion, readVersion } from '@/server/engines/espresso/version';
import { draftDataSchema } from '@/server/schemas/draft';
import { checkEngine } from '@/server/services/calculations/resolve/engine';
import { resolveVolumes } from '@/server/services/calculations/resolve/geometry-and-fields';
import { derivedValue, makeContext } from '../context';

const scf: Task = { kind: 'scf' };
const iron = {
  cellAngstrom: [
    [2.87, 0, 0],
    [0, 2.87, 0],
    [0, 0, 2.87],
  ],
  sites: [
    { element: 'Fe', fractional: [0, 0, 0], momentBohrMagneton: 3 },
    { element: 'Fe', fractional: [0.5, 0.5, 0.5], momentBohrMagneton: -3 },
    { element: 'O', fractional: [0.5, 0, 0] },
  ],
} as never;
const magnetic = { engine: 'espresso', electronicType: 'metal', magnetism: { kind: 'collinear' } };

describe('the input of pw.x', () => {
  test('holds the numbers that were derived, in its own units', async () => {
    const context = await makeContext(
      {},
      { resolved: { fftGrid: derivedValue([20, 20, 20] as [number, number, number]) } },
    );
    const { namelists, cards } = makePwInput(scf, context);
    expect(namelists.system).toMatchObject({ ecutwfc: 20, ecutrho: 80, nr1: 20, nr2: 20, nr3: 20, nat: 2, ntyp: 1 });
    expect(namelists.electrons!.conv_thr).toBeCloseTo(2 * context.resolved.energyToleranceHartreePerAtom.value * 2, 15);
    expect(namelists.control).toMatchObject({ calculation: 'scf', tprnfor: true, tstress: true });
    expect(cards.find(({ name }) => name === 'K_POINTS')).toEqual({
      name: 'K_POINTS',
      option: 'automatic',
      lines: ['2 2 2 0 0 0'],
    });
  });

  test('is read back as it was written', async () => {
    const input = makePwInput(scf, await makeContext({}, { structure: iron, draft: magnetic }));
    expect(readPwInput(writePwInput(input))).toEqual(input);
  });

  test('tells atoms of one element with different moments apart', async () => {
    const { namelists, cards } = makePwInput(scf, await makeContext({}, { structure: iron, draft: magnetic }));
    expect(cards[0]!.lines.map((line) => line.split(' ')[0])).toEqual(['Fe1', 'Fe2', 'O']);
    expect(namelists.system).toMatchObject({ nspin: 2, ntyp: 3 });
    expect(namelists.system!['starting_magnetization(1)']).toBeCloseTo(3 / 16, 12);
    expect(namelists.system!['starting_magnetization(2)']).toBeCloseTo(-3 / 16, 12);
  });

  test('holds Hubbard parameters as keys for 6.x and as a card since 7.1', async () => {
    const draft = { ...magnetic, hubbard: [{ element: 'Fe', manifold: '3d', uEv: 4 }] };
    const old = makePwInput(scf, await makeContext({ version: '6.7MaX' }, { structure: iron, draft }));
    expect(old.namelists.system).toMatchObject({ lda_plus_u: true, 'hubbard_u(1)': 4, 'hubbard_u(2)': 4 });
    const young = makePwInput(scf, await makeContext({ version: '7.3.1' }, { structure: iron, draft }));
    expect(young.namelists.system).not.toHaveProperty('lda_plus_u');
    expect(young.cards.at(-1)).toEqual({
      name: 'HUBBARD',
      option: 'ortho-atomic',
      lines: ['U Fe1-3d 4', 'U Fe2-3d 4'],
    });
  });

  test.each([
    ['d2', { input_dft: 'PBE', vdw_corr: 'grimme-d2' }],
    ['d3', { input_dft: 'PBE', vdw_corr: 'grimme-d3', dftd3_version: 3, dftd3_threebody: false }],
    ['d3bj', { input_dft: 'PBE', vdw_corr: 'grimme-d3', dftd3_version: 4, dftd3_threebody: false }],
    ['rvv10', { input_dft: 'rVV10' }],
    ['vdw-df2-c09', { input_dft: 'vdW-DF2-C09' }],
  ])('knows the dispersion %s', async (dispersion, keys) => {
    const { namelists } = makePwInput(scf, await makeContext({}, { draft: { engine: 'espresso', dispersion } }));
    expect(namelists.system).toMatchObject(keys);
  });

  test('keeps atoms and cell vectors that a relaxation shall keep', async () => {
    const task: Task = {
      ...{ kind: 'relax', cell: 'full', pressureGpa: 2, maxSteps: 30, forceToleranceEvPerAngstrom: 0.01 },
      fixed: [{ site: 0 }, { site: 1, axes: [false, false, true] }],
      fixedCellAxes: [false, false, true],
    };
    const { namelists, cards } = makePwInput(task, await makeContext());
    expect(namelists.control).toMatchObject({ calculation: 'vc-relax', nstep: 30 });
    expect(namelists.cell).toMatchObject({ press: 20, cell_dofree: '2Dxy' });
    const positions = cards.find(({ name }) => name === 'ATOMIC_POSITIONS')!.lines;
    expect(positions.map((line) => line.split(' ').slice(4).join(' '))).toEqual(['0 0 0', '1 1 0']);
    const young = makePwInput({ ...task, fixedCellAxes: [true, false, false] }, await makeContext({ version: '7.2' }));
    expect(young.namelists.cell!.cell_dofree).toBe('fixa');
  });

  test('writes a mesh whose shift is not half a step point by point', async () => {
    const shift = derivedValue([0.25, 0, 0] as [number, number, number]);
    const { namelists, cards } = makePwInput(scf, await makeContext({}, { resolved: { shift } }));
    expect(cards.find(({ name }) => name === 'K_POINTS')!.lines).toHaveLength(9);
    expect(namelists.system!.nosym).toBe(true);
  });
});

describe('an input that a person edits', () => {
  const edit = async (change: (text: string) => string) => {
    const made = makePwInput(scf, await makeContext());
    return applyEdit(made, change(writePwInput(toEditable(made))));
  };

  test('is shown without the keys that name paths, and gets them back', async () => {
    const made = makePwInput(scf, await makeContext());
    expect(writePwInput(toEditable(made))).not.toMatch(/outdir|pseudo_dir|prefix/);
    expect(await edit((text) => text)).toEqual({
      namelists: { ...made.namelists, control: expect.objectContaining(made.namelists.control!) },
      cards: made.cards,
    });
  });

  test('may change and add keys, and cards that do not make the structure', async () => {
    const { namelists, cards } = await edit((text) =>
      text
        .replace(/mixing_beta = \S+/, "mixing_beta = 0.2d0, mixing_mode='TF' ! gently")
        .replace('2 2 2 0 0 0', '3 3 3 0 0 0'),
    );
    expect(namelists.electrons).toMatchObject({ mixing_beta: 0.2, mixing_mode: 'TF' });
    expect(cards.find(({ name }) => name === 'K_POINTS')!.lines).toEqual(['3 3 3 0 0 0']);
  });

  test.each([
    ['outdir', (text: string) => text.replace('&CONTROL', "&CONTROL\n outdir = '/tmp'")],
    ['pseudo_dir', (text: string) => text.replace('&CONTROL', "&CONTROL\n PSEUDO_DIR='..'")],
    ['a path in another key', (text: string) => text.replace('&SYSTEM', "&SYSTEM\n vdw_table_name='../../x'")],
    ['the number of atoms', (text: string) => text.replace('nat = 2', 'nat = 3')],
    ['the task', (text: string) => text.replace("'scf'", "'md'")],
    ['the cell', (text: string) => text.replace('2.71500000000000', '2.8')],
    ['a pseudopotential’s file', (text: string) => text.replace('Si.upf', '/etc/passwd')],
    ['a namelist that does not end', (text: string) => text.replaceAll('/\n', '')],
    ['a namelist of another program', (text: string) => `&INPUTPH\n/\n${text}`],
    ['words without a meaning', (text: string) => text.replace('nat = 2', 'nat equals 2')],
  ])('is refused where it changes %s', async (_, change) => {
    await expect(edit(change)).rejects.toThrow(InputError);
  });
});

test('the key of a job follows its input, and not its cores or its time', async () => {
  const keyOf = async (change = {}, options = {}) => prepare(scf, await makeContext(change, options)).key;
  const key = await keyOf();
  expect(await keyOf({ cores: 1, timeLimitSeconds: 90 })).toBe(key);
  expect(await keyOf({ build: 'another' })).not.toBe(key);
  const edited = {
    resolved: {
      espressoEdits: {
        scf: writePwInput(toEditable(makePwInput(scf, await makeContext()))).replace(
          /electron_maxstep = \d+/,
          'electron_maxstep = 7',
        ),
      },
    },
  };
  expect(await keyOf({}, edited)).not.toBe(key);
});

test('the version stands in the banner', () => {
  expect(readVersion('     Program PWSCF v.6.7MaX starts on 24Nov2026')).toEqual({
    major: 6,
    minor: 7,
    text: '6.7MaX',
  });
  expect(readVersion('     Program PWSCF v.7.3.1 starts on 24Nov2026')).toEqual({ major: 7, minor: 3, text: '7.3.1' });
  expect(readVersion('sh: pw.x: not found')).toBeNull();
  expect(isAtLeast(parseVersion('7.1'), [7, 1])).toBe(true);
  expect(isAtLeast(parseVersion('6.8'), [7, 1])).toBe(false);
});

test('small cells run on one process, others in pools, never on more processes than cores', () => {
  expect(chooseParallel({ atoms: 2, kpoints: 100, cores: 8, isRoot: false })).toEqual({ launcher: [], pools: [] });
  expect(chooseParallel({ atoms: 20, kpoints: 100, cores: 1, isRoot: false }).launcher).toEqual([]);
  const { launcher, pools } = chooseParallel({ atoms: 20, kpoints: 3, cores: 8, isRoot: true });
  expect(launcher).toContain('--allow-run-as-root');
  expect(launcher.slice(-2)).toEqual(['-np', '8']);
  expect(pools).toEqual(['-nk', '2']);
  expect(chooseParallel({ atoms: 20, kpoints: 3, cores: 8, isRoot: false }).launcher).not.toContain(
    '--allow-run-as-root',
  );
});

test('pw.x’s broadening is the root of two times the standard deviation', () => {
  const mesh: [number, number, number] = [2, 2, 2];
  const task: Task = {
    kind: 'dos',
    mesh,
    method: 'gaussian',
    widthEv: 0.1,
    stepEv: 0.05,
    count: null,
    projections: false,
  };
  const degauss = /degauss = (\S+)/.exec(postSteps(task, { isSpinPolarised: false, hasSpinors: false })[0]!.input)![1]!;
  expect(Number(degauss.replace('d', 'e')) * 13.605693122994).toBeCloseTo(0.1 * Math.SQRT2, 9);
});

test('an orbital is drawn with its sign at the centre of the zone, but not of spinors, for which pp.x would end', () => {
  const task: Task = { kind: 'volumes', quantities: [{ quantity: 'orbital', band: 2 }] };
  const signOf = (hasSpinors: boolean) =>
    /lsign = (\S+)/.exec(postSteps(task, { isSpinPolarised: false, hasSpinors })[0]!.input)![1];
  expect(signOf(false)).toBe('.true.');
  expect(signOf(true)).toBe('.false.');
});

test('what spinors leave out is said before they are asked for, and a spin density of them is refused', async () => {
  const draft = { engine: 'espresso', spinOrbit: true, magnetism: { kind: 'collinear' } } as never;
  const machine = { name: 'here', espresso: '6.7MaX' } as never;
  const check = (more: object) =>
    checkEngine({
      ...{ structure: null, elements: [], machine, installed: null },
      draft: draftDataSchema.parse({ ...(draft as object), ...more }),
    });
  expect(check({}).warnings.map(({ code }) => code)).toContain('spinors');
  expect(check({}).blockers).toEqual([]);
  const hubbard = [{ element: 'Fe', manifold: '3d', uEv: 4 }];
  expect(check({ hubbard }).blockers.map(({ code }) => code)).toEqual(['hubbard-spinors']);
  const settings = { density: true, spinDensity: true, localPotential: false, orbitals: [] };
  const { blockers } = await resolveVolumes(settings, (await makeContext()).structure, draftDataSchema.parse(draft));
  expect(blockers!.map(({ code }) => code)).toEqual(['spin-density-of-spinors']);
});
