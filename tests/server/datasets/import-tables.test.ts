import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCif } from '@/kernels/crystal/formats/cif';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { db } from '@/server/db/client';
import type { DatasetReport, PropertyDefinition } from '@/server/schemas/datasets';
import { getEntry } from '@/server/services/datasets/get-entry';
import { runImport } from '@/server/services/datasets/import/run-import';
import { runSymmetry } from '@/server/services/datasets/import/run-symmetry';
import { startImport } from '@/server/services/datasets/start-import';
import { takeStructure } from '@/server/services/datasets/take-structure';
import { type NewFile, writeZip } from '@/server/services/provenance/archive/write-zip';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { rockSalt } from './make-dataset';

let platform: TestPlatform;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const never = new AbortController().signal;

async function bring(title: string, fileName: string, content: string | Buffer | unknown) {
  const bytes = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const { id } = await startImport(platform.actor, {
    title,
    fileName,
    bytes: (async function* () {
      yield bytes;
    })(),
  });
  await runImport(id, never);
  const row = await db().dataset.findUniqueOrThrow({ where: { id } });
  return {
    ...row,
    report: row.report as unknown as DatasetReport,
    properties: row.properties as unknown as PropertyDefinition[],
    entries: await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' } }),
  };
}

async function zip(files: Record<string, string | Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const all = async function* (): AsyncGenerator<NewFile> {
    for (const [path, content] of Object.entries(files)) yield { path, bytes: Buffer.from(content) };
  };
  for await (const chunk of writeZip(all())) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const cif = (pair: readonly [string, string], a: number) => writeCif(fromOptimade(rockSalt('x', pair, a).attributes));

/** Columns as MC3D's and MC2D's indexes have them; the values are made up. */
const mc2d = [
  {
    ...{ id: 'mc2d-1', formula: 'MoS2', formula_hill: 'MoS2', num_elements: 2, num_atoms: 3, prototype: 'MoS2' },
    ...{
      space_group_number: 187,
      band_gap: 1.6,
      magnetic_state: 'NM',
      phonons_unstable: false,
      binding_energy_df2: 20.5,
    },
  },
  {
    ...{ id: 'mc2d-2', formula: 'CrI3', num_elements: 2, num_atoms: 8, space_group_number: 162, band_gap: 0 },
    ...{ magnetic_state: 'FM', phonons_unstable: null, binding_energy_df2: null },
  },
  { id: 'mc2d-3', formula: 'not one', band_gap: 1 },
  { id: 'mc2d-4', formula: 'BN', band_gap: { error: 'did not converge' }, binding_energy_df2: { value: 19 } },
];
const meta = {
  columns: [
    { name: 'band_gap', label: 'Band gap', unit: 'eV', description: 'Of PBE.' },
    { field: 'binding_energy_df2', headerName: 'Binding energy (DF2)', units: 'meV/Å²' },
  ],
};

describe('an index of rows with columns', () => {
  test('is taken without structures; a zero is a zero, null is not computed, failed says why', async () => {
    const { state, entries, properties, report, slug } = await bring('MC2D', 'mc2d.json', { overview: mc2d, meta });
    expect(state).toBe('ready');
    expect(report).toMatchObject({ entries: 3, refused: 1 });
    expect(properties.map(({ name, title, unit }) => ({ name, title, unit }))).toEqual(
      expect.arrayContaining([
        { name: '_mc2d_band_gap', title: 'Band gap', unit: 'eV' },
        { name: '_mc2d_binding_energy_df2', title: 'Binding energy (DF2)', unit: 'meV/Å²' },
      ]),
    );
    expect(
      entries.map(({ key, formulaReduced, siteCount, periodicCount }) => [
        key,
        formulaReduced,
        siteCount,
        periodicCount,
      ]),
    ).toEqual([
      ['mc2d-1', 'MoS2', 3, 2],
      ['mc2d-2', 'CrI3', 8, 2],
      ['mc2d-4', 'BN', 2, 2],
    ]);
    expect(entries.map(({ properties: own }) => (own as Record<string, unknown>)._mc2d_band_gap)).toEqual([
      1.6,
      0,
      undefined,
    ]);
    expect(entries[2]!.failures).toEqual({ _mc2d_band_gap: 'did not converge' });
    expect(entries[0]!.properties).toMatchObject({ _mc2d_phonons_unstable: false, _mc2d_magnetic_state: 'NM' });
    const shown = await getEntry(platform.actor, { slug, key: 'mc2d-2' });
    expect(shown.structure).toBeNull();
    await expect(takeStructure(platform.actor, { slug, key: 'mc2d-2' })).rejects.toMatchObject({ code: 'blocked' });
  });

  test.each([
    ['a list', mc2d],
    ['columns', { id: mc2d.map(({ id }) => id), formula: ['MoS2', 'CrI3', '?', 'BN'], band_gap: [1.6, 0, 1, null] }],
    [
      'rows of values',
      {
        columns: ['id', 'formula', 'band_gap'],
        rows: mc2d.map(({ id, formula, band_gap }) => [id, formula, band_gap]),
      },
    ],
  ])('may also be %s', async (_, content) => {
    const { entries } = await bring('MC3D', 'overview.json', content);
    expect(entries.map(({ key }) => key)).toEqual(['mc2d-1', 'mc2d-2', 'mc2d-4']);
    expect(
      (entries[1]!.properties as Record<string, unknown>)[
        Object.keys(entries[1]!.properties as object).find((name) => name.endsWith('band_gap'))!
      ],
    ).toBe(0);
  });

  test('as CSV has its units in the brackets of its headings', async () => {
    const { entries, properties } = await bring(
      'A table',
      'table.csv',
      '\uFEFFid;formula;Band gap (eV);"Energy [meV/atom]";Stable;Note\nt1;Fe2O3;2.1;-3;true;"said ""so"";"\nt2;NaCl;;0;false;\nt3;MgO;failed: no convergence;1e2;;-\n',
    );
    expect(properties.map(({ name, title, unit, type }) => [name, title, unit, type])).toEqual([
      ['_atable_band_gap', 'Band gap', 'eV', 'number'],
      ['_atable_energy', 'Energy', 'meV/atom', 'integer'],
      ['_atable_stable', 'Stable', null, 'boolean'],
      ['_atable_note', 'Note', null, 'string'],
    ]);
    expect(entries.map(({ properties: own }) => own)).toEqual([
      { _atable_band_gap: 2.1, _atable_energy: -3, _atable_stable: true, _atable_note: 'said "so";' },
      { _atable_energy: 0, _atable_stable: false },
      { _atable_energy: 100 },
    ]);
    expect(entries[2]!.failures).toEqual({ _atable_band_gap: 'no convergence' });
  });
});

test('characters that cannot be stored are left out, wherever they stand', async () => {
  const half = '\\ud83d';
  const odd = `{"columns": [{"name": "note", "label": "No\\u0000te${half}"}], "rows": [
    {"id": "a${half}", "formula": "NaCl", "note": "x\\u0000y"}, {"id": "b", "formula": "\\u0000"}]}`;
  const { state, entries, properties } = await bring('Odd', 'odd.json', odd);
  expect(state).toBe('ready');
  expect(entries.map(({ key, properties: own }) => [key, own])).toEqual([['a', { _odd_note: 'xy' }]]);
  expect(properties).toMatchObject([{ title: 'Note' }]);
  const binary = await bring('Binary', 'binary', Buffer.from([0, 1, 2, 0xf0, 0x9f, 10, 0, 65, 10, 123, 10]));
  expect(binary).toMatchObject({ state: 'ready', entryCount: 0, report: { refused: 3 } });
});

test('JSON Lines stay JSON Lines where their first line is broken', async () => {
  const { report, entryCount } = await bring(
    'Broken',
    'broken.jsonl',
    `{"id": "a", "attributes": {"x": \n${JSON.stringify(rockSalt('b', ['Na', 'Cl'], 5.64))}\n`.replace(
      '"x": \n',
      '"x"\n',
    ),
  );
  expect({ entryCount, refused: report.refused }).toEqual({ entryCount: 1, refused: 1 });
});

describe('an archive of structures', () => {
  test('takes the row of each by its file or its id, and rows without one by their formula', async () => {
    const { entries, report, properties, slug, id } = await bring(
      'Salts',
      'salts.zip',
      await zip({
        'salts/table.csv':
          'id,file,formula,gap (eV)\nsalt one,salts/nacl.cif,,8.5\nkcl,,,\nghost,ghost.cif,,1\nbare,,LiF,13\n',
        'salts/nacl.cif': cif(['Na', 'Cl'], 5.64),
        'salts/kcl.cif': cif(['K', 'Cl'], 6.29),
        'salts/broken.cif': 'data_x\n_cell_length_a nothing\n',
        'salts/free.cif': cif(['Mg', 'O'], 4.21),
        'salts/README.txt': 'about the salts',
        '__MACOSX/._nacl.cif': 'litter',
      }),
    );
    expect(entries.map(({ key, formulaReduced, properties: own }) => [key, formulaReduced, own])).toEqual([
      ['free', 'MgO', {}],
      ['kcl', 'ClK', {}],
      ['salt one', 'ClNa', { _salts_gap: 8.5 }],
      ['bare', 'FLi', { _salts_gap: 13 }],
    ]);
    expect(properties).toMatchObject([{ name: '_salts_gap', unit: 'eV' }]);
    expect(report.examples.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['salts/README.txt', 'salts/broken.cif', 'ghost']),
    );
    await runSymmetry(id, never);
    const shown = await getEntry(platform.actor, { slug, key: 'salt one' });
    expect(shown.structure?.symmetry?.spaceGroupSymbol).toBe('Fm-3m');
    expect(
      (await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' } })).map(
        ({ spaceGroupNumber }) => spaceGroupNumber,
      ),
    ).toEqual([225, 225, 225, null]);
  });

  test('whose reading is stopped goes on behind the last files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 120 }, (_, i) => [`s${String(i).padStart(3, '0')}.cif`, cif(['Na', 'Cl'], 5 + i / 100)]),
    );
    const { id } = await startImport(platform.actor, {
      title: 'many',
      fileName: 'many.zip',
      bytes: (async function* () {
        yield await zip(files);
      })(),
    });
    const stop = new AbortController();
    const poll = setInterval(async () => {
      if ((await db().dataset.findUniqueOrThrow({ where: { id } })).entryCount > 0) stop.abort();
    }, 5);
    await runImport(id, stop.signal);
    clearInterval(poll);
    await runImport(id, never);
    expect(await db().dataset.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ready', entryCount: 120 });
  });

  test.each([
    ['leads out of its folder', { '../../etc/cron.d/x.cif': 'data_x' }, /leads out of its folder/],
    ['has an absolute path', { '/etc/x.cif': 'data_x' }, /leads out of its folder/],
    ['holds nothing', { 'notes.txt': 'x' }, /no structure files/],
  ])('that %s is refused in words', async (_, files, why) => {
    const { state, report, entries } = await bring('bad', 'bad.zip', await zip(files as Record<string, string>));
    expect({ state, count: entries.length }).toEqual({ state: 'interrupted', count: 0 });
    expect(report.examples.at(-1)!.why).toMatch(why);
  });

  test('that unpacks to more than it says, or to too much, is refused', async () => {
    const lying = await zip({ 'a.cif': 'x'.repeat(100_000) });
    // The size unpacked, in the directory at the end.
    const at = lying.indexOf('PK\x01\x02', 0, 'latin1');
    lying.writeUInt32LE(10, at + 24);
    expect((await bring('lying', 'lying.zip', lying)).report.examples.at(-1)!.why).toMatch(/damaged/);
    const huge = await zip({ 'a.cif': cif(['Na', 'Cl'], 5.64), 'b.cif': 'x' });
    const second = huge.lastIndexOf('PK\x01\x02', huge.length, 'latin1');
    huge.writeUInt32LE(0xfffffff0, second + 24);
    expect((await bring('huge', 'huge.zip', huge)).report.examples.at(-1)!.why).toMatch(/larger than/);
  });
});

test('space groups are found where the source gives none, and the source’s own are kept', async () => {
  const entries = [
    rockSalt('known', ['Na', 'Cl'], 5.64, { space_group_it_number: 1 }),
    rockSalt('unknown', ['Mg', 'O'], 4.21),
    rockSalt('molecule', ['C', 'O'], 4, { dimension_types: [0, 0, 0], lattice_vectors: null }),
  ];
  const { id, symmetryCount, revision } = await bring(
    'groups',
    'groups.jsonl',
    entries.map((entry) => JSON.stringify(entry)).join('\n'),
  );
  expect(symmetryCount).toBe(0);
  const stopped = new AbortController();
  stopped.abort();
  expect(await runSymmetry(id, stopped.signal)).toBe(false);
  // Two at once, as when a worker is taken for dead.
  await Promise.all([runSymmetry(id, never), runSymmetry(id, never)]);
  expect(
    (await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' } })).map(
      ({ spaceGroupNumber }) => spaceGroupNumber,
    ),
  ).toEqual([1, 225, null]);
  expect(await db().dataset.findUniqueOrThrow({ where: { id } })).toMatchObject({
    symmetryCount: 3,
    revision: revision + 1,
  });
});
