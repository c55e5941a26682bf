import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { writeUpf } from '@/kernels/planewave/pseudo/write-upf';
import { packFolder } from '@/server/cli/pack-folder';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { readCutoffTable, readDojoReport } from '@/server/services/pseudopotentials/cutoffs';
import { installFamily } from '@/server/services/pseudopotentials/install-family';
import { readUpfHeader } from '@/server/services/pseudopotentials/upf-header';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { silicon } from '../workflows/workers';
import { makeTar, makeTarGz, makeZip, type TestFile } from './archives';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const upf = (element: string) => Buffer.from(writeUpf(familyEntry(element, functionalsById.pbe), functionalsById.pbe));
const [si, o] = [upf('Si'), upf('O')];
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');
async function* stream(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}
let count = 0;
const install = (bytes: Buffer, name = `family ${++count}`) =>
  installFamily(platform.actor, { name, archive: stream(bytes) });
const sssp = {
  Si: { filename: 'Si.upf', md5: md5(si), cutoff_wfc: 30, cutoff_rho: 240, pseudopotential: 'ours' },
  O: { filename: 'O.upf', md5: md5(o), cutoff_wfc: 50, cutoff_rho: 400 },
};
const files: TestFile[] = [
  { path: 'SSSP/Si.upf', bytes: si },
  { path: 'SSSP/O.upf', bytes: o },
  { path: 'SSSP/sssp.json', bytes: json(sssp) },
  { path: 'SSSP/README.txt', bytes: Buffer.from('read me') },
];

describe('a family', () => {
  test.each([
    ['tar', makeTar],
    ['tar.gz', makeTarGz],
    ['zip', makeZip],
  ])('in the layout of SSSP is installed from a %s archive', async (_, pack) => {
    const made = await install(pack(files));
    expect(made).toMatchObject({ layout: 'sssp', functional: 'pbe', elements: ['O', 'Si'], notes: [] });
    expect(made.pseudopotentials[1]).toMatchObject({
      ...{ element: 'Si', type: 'NC', valenceElectrons: 4, hasSpinOrbit: false, hasCoreCorrection: false },
      cutoffHartree: { fast: 15, balanced: 15, stringent: 15 },
      ...{ densityCutoffHartree: 120, md5: md5(si), sha256: createHash('sha256').update(si).digest('hex') },
    });
  });

  test('in the layout of PseudoDojo has a cutoff by protocol, in Ha', async () => {
    const report = { basename: 'Si.psp8', hints: { low: { ecut: 14 }, normal: { ecut: 18 }, high: { ecut: 24 } } };
    const made = await install(
      makeTarGz([
        { path: 'Si.upf', bytes: si },
        { path: 'Si.djrepo', bytes: json(report) },
      ]),
    );
    expect(made.layout).toBe('pseudodojo');
    expect(made.pseudopotentials[0]!.cutoffHartree).toEqual({ fast: 14, balanced: 18, stringent: 24 });
    const table = readCutoffTable({ Si: { hl: '14', hn: '18', hh: '24' }, comment: 'none' })!;
    expect(table.entries.get('Si')!.cutoffHartree).toEqual({ fast: 14, balanced: 18, stringent: 24 });
    expect(readDojoReport({ hints: {} }, 'Si.djrepo')).toBeNull();
  });

  test('takes its folder as the command line packs it', async () => {
    const folder = '/usr/share/espresso/pseudo';
    if (!existsSync(folder)) return;
    const wanted = ['Si.pbe-nl-rrkjus_psl.1.0.0.UPF', 'O.pbe-kjpaw.UPF', 'H.pbe-kjpaw.UPF'];
    const packed = Buffer.concat([...packFolder(folder, (name) => wanted.includes(name))]);
    const made = await install(packed);
    expect(made.layout).toBe('headers');
    expect(made.pseudopotentials[2]!.cutoffHartree.balanced).toBeCloseTo(21.87, 2);
    expect(made.pseudopotentials.map(({ element, type }) => `${element} ${type}`)).toEqual(['H PAW', 'O PAW', 'Si US']);
  });

  test.each<[string, RegExp, () => Buffer]>([
    ['a path that leaves its folder', /leads out/, () => makeTar([{ path: '../Si.upf', bytes: si }])],
    ['an absolute path', /leads out/, () => makeZip([{ path: '/etc/Si.upf', bytes: si }])],
    ['a symbolic link in a tar', /link/, () => makeTar([{ path: 'Si.upf', bytes: Buffer.alloc(0), kind: '2' }])],
    ['a symbolic link in a zip', /link/, () => makeZip([{ path: 'Si.upf', bytes: si, mode: 0o120777 }])],
    [
      'a file that unpacks to more than it says',
      /damaged/,
      () => makeZip([{ path: 'Si.upf', bytes: si, toldBytes: 100 }]),
    ],
    [
      'too many files',
      /more than 2000/,
      () => makeTar(Array.from({ length: 2001 }, (_, i) => ({ path: `${i}.txt`, bytes: Buffer.alloc(0) }))),
    ],
    ['a damaged archive', /damaged/, () => makeTarGz(files).subarray(0, 60_000)],
    ['no archive at all', /no tar archive/, () => Buffer.alloc(2000, 'x')],
    ['no pseudopotential', /no UPF/, () => makeTar([{ path: 'README', bytes: si }])],
    ['no cutoff', /no cutoff is known for Si/, () => makeTar([{ path: 'Si.upf', bytes: si }])],
    [
      'two files of one element',
      /several files for Si/,
      () =>
        makeTar([
          { path: 'a/Si.upf', bytes: si },
          { path: 'Si-2.upf', bytes: si },
        ]),
    ],
    [
      'a file that its table does not mean',
      /MD5/,
      () => makeTar([{ path: 'Si.upf', bytes: o.length > 0 ? Buffer.concat([si, Buffer.from('\n')]) : si }, files[2]!]),
    ],
    [
      'a table that names what is not there',
      /not there/,
      () => makeTar([{ path: 'Silicon.upf', bytes: si }, files[2]!]),
    ],
    [
      'different functionals',
      /different functionals/,
      () =>
        makeTar([
          files[0]!,
          {
            path: 'O.upf',
            bytes: Buffer.from(writeUpf(familyEntry('O', functionalsById['lda-pz']), functionalsById['lda-pz'])),
          },
          { path: 'table.json', bytes: json({ Si: { cutoff_wfc: 30 }, O: { cutoff_wfc: 30 } }) },
        ]),
    ],
  ])('is refused for %s', async (_, why, make) => {
    const before = await db().pseudopotentialFamily.count();
    await expect(install(make())).rejects.toMatchObject({ userMessage: expect.stringMatching(why) });
    expect(await db().pseudopotentialFamily.count()).toBe(before);
    expect(readdirSync(join(platform.dataFolder, 'uploads'))).toEqual([]);
  });

  test('has a name of its own, is of its project, and can be removed', async () => {
    const made = await install(makeTar(files), 'Mine');
    await expect(install(makeTar(files), 'Mine')).rejects.toMatchObject({ code: 'conflict' });
    const [owner, stranger] = [
      createCaller({ actor: platform.actor }),
      createCaller({ actor: await makeActor('Eve') }),
    ];
    expect((await owner.pseudopotentials.list())[0]).toMatchObject({ id: null, layout: 'built-in' });
    expect((await owner.pseudopotentials.list()).map(({ name }) => name)).toContain('Mine');
    expect((await stranger.pseudopotentials.list()).map(({ name }) => name)).not.toContain('Mine');
    await owner.pseudopotentials.remove({ id: made.id! });
    await expect(owner.pseudopotentials.get({ id: made.id! })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('gives a draft its cutoffs and its files, and says what it lacks', async () => {
    const { id } = await install(makeTar(files));
    const caller = createCaller({ actor: platform.actor });
    const resolveWith = async (structure: object, change: object) => {
      const { id: structureId } = await caller.structures.import({ text: JSON.stringify(structure) });
      const draft = await caller.drafts.create({
        data: {
          structureId,
          properties: { bands: {} },
          electronicType: 'insulator',
          engine: 'espresso',
          pseudopotentialFamilyId: id,
          ...change,
        },
      });
      return { draft, resolved: await caller.calculations.resolve({ draftId: draft.id }) };
    };
    const { resolved, draft } = await resolveWith(silicon, {});
    expect(resolved.cutoffHartree!.value).toBe(15);
    expect(resolved.elements[0]!.file).toMatchObject({ name: 'Si.upf', densityCutoffHartree: 120 });
    const codes = (r: typeof resolved) => r.blockers.map(({ code }) => code);
    // No worker has said that pw.x is there.
    expect(codes(resolved)).toEqual(['no-computer']);
    const germanium = { ...silicon, sites: silicon.sites.map((site) => ({ ...site, element: 'Ge' })) };
    expect(codes((await resolveWith(germanium, {})).resolved)).toContain('pseudopotential-missing');
    expect(codes((await resolveWith(silicon, { spinOrbit: true })).resolved)).toContain('no-spin-orbit');
    expect(codes((await resolveWith(silicon, { engine: 'planewave' })).resolved)).toContain('engine-cannot');
    const other = await resolveWith(silicon, { functional: 'pbesol' });
    expect(other.resolved.warnings.map(({ code }) => code)).toContain('family-functional');
    // What is computed first needs four times the cutoff and more for its density.
    await db().computer.create({
      data: {
        key: 'local:test',
        name: 'Test',
        description: '',
        transport: 'local',
        scheduler: 'direct',
        cores: 2,
        memoryBytes: 8n * 10n ** 9n,
        programs: { espresso: { version: '7.3' } },
      },
    });
    const [scf, bands] = await caller.calculations.espressoInputs({ draftId: draft.id });
    expect(scf).toMatchObject({ jobName: 'scf', version: '7.3', edited: null, problem: null });
    expect(scf!.made).toMatch(/ecutwfc = 30\n {2}ecutrho = 240/);
    expect(bands!.made).toContain('K_POINTS crystal');
    const edited = { ...draft.data.espressoEdits, scf: scf!.made.replace('&CONTROL', "&CONTROL\n outdir = '/tmp'") };
    await caller.drafts.update({ id: draft.id, version: draft.version, changes: { espressoEdits: edited } });
    expect(codes(await caller.calculations.resolve({ draftId: draft.id }))).toEqual(['bad-edit']);
    expect((await caller.calculations.espressoInputs({ draftId: draft.id }))[0]!.problem).toContain('outdir');
  });
});

describe('the head of a UPF file', () => {
  test('of our own writer is read', () => {
    expect(readUpfHeader(si.toString())).toMatchObject({
      element: 'Si',
      type: 'NC',
      functional: 'pbe',
      cutoffHartree: null,
    });
  });

  test('of version 1 is read by its lines', () => {
    const text = `<PP_HEADER>\n   0    Version Number\n  Cu    Element\n   US   Ultrasoft pseudopotential\n    T   Nonlinear Core Correction\n SLA  PW   PBX  PBC    PBE  Exchange-Correlation functional\n   11.00000000000      Z valence\n -100.0  Total energy\n  40.0  320.0  Suggested cutoff for wfc and rho\n</PP_HEADER>`;
    expect(readUpfHeader(text)).toMatchObject({
      ...{ element: 'Cu', type: 'US', hasCoreCorrection: true, valenceElectrons: 11, hasSpinOrbit: false },
      ...{ cutoffHartree: 20, densityCutoffHartree: 160 },
    });
  });

  test.each([
    '',
    '<PP_HEADER element="Xx" pseudo_type="NC" z_valence="4"/>',
    '<PP_HEADER element="Si" pseudo_type="NC"/>',
    '<PP_HEADER>\n</PP_HEADER>',
  ])('that says too little is none: %s', (text) => expect(readUpfHeader(text)).toBeNull());

  test('of every file of Debian’s quantum-espresso-data is read', () => {
    const folder = '/usr/share/espresso/pseudo';
    if (!existsSync(folder)) return;
    const names = readdirSync(folder).filter((name) => /\.upf$/i.test(name));
    const unread = names.filter((name) => !readUpfHeader(readFileSync(join(folder, name), 'latin1')));
    // The bare Coulomb potential is no pseudopotential of any kind.
    expect(unread).toEqual(['H.coulomb-ae.UPF']);
  });
});
