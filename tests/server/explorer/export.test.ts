import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { exportFound } from '@/server/explorer/export/export-found';
import { foundRows } from '@/server/explorer/found-rows';
import { matchRows } from '@/server/optimade/match-rows';
import type { ExportFormat } from '@/server/schemas/dataset-export';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import { readState } from '@/server/schemas/explorer/explorer-state';
import { toOptimade } from '@/server/schemas/explorer/to-optimade';
import { runImport } from '@/server/services/datasets/import/run-import';
import { startImport } from '@/server/services/datasets/start-import';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { makeSalts } from './salts';

let platform: TestPlatform;
let id: string;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  ({ id } = await makeSalts(platform.actor, 'salts'));
});
afterAll(() => platform?.stop());

async function take(format: ExportFormat, search = '', of = id): Promise<Buffer> {
  const { stream } = await exportFound(platform.actor, { id: of, search, format });
  return Buffer.from(await new Response(stream).arrayBuffer());
}
const text = async (format: ExportFormat, search = '') => (await take(format, search)).toString('utf8');

async function keysOf(search: string): Promise<string[]> {
  const { dataset, numbers } = await foundRows(platform.actor, { id }, search);
  const rows = await db().entry.findMany({ where: { datasetId: dataset.id }, select: { number: true, key: true } });
  const byNumber = new Map(rows.map(({ number, key }) => [number, key]));
  return numbers.map((number) => byNumber.get(number)!);
}

describe('a table', () => {
  test('has the rows, order and columns of the address, units in its headings, and nothing where nothing is known', async () => {
    expect(await text('csv', 'some=Cl,O&sort=-_salts_gap&cols=_salts_gap,_salts_energy,spacegroup,_salts_stable')).toBe(
      [
        'id,formula,Band gap (eV),Energy,Space group,Stable',
        'Salt-2,LiCl,9.4,-2,,true',
        'Salt-4,NaCl,8.75,-4,,true',
        'Salt-6,MgO,7.8,failed: no convergence,,true',
        'Salt-7,TiO,0,-7,,false',
        'Salt-5,KCl,,-5,,true',
        '',
      ].join('\r\n'),
    );
  });

  test('disarms what a spreadsheet would run', async () => {
    const csv = await text('csv', 'q=LiF&cols=_salts_note');
    expect(csv).toBe(`id,formula,Note\r\nSalt-1,LiF,"'=HYPERLINK(""http://evil.example"";""x"")"\r\n`);
  });

  test('as Parquet reads back with types, nulls and what its columns are', async () => {
    const bytes = await take('parquet', 'sort=_salts_gap&cols=all');
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows.map(({ id: key, _salts_gap }) => [key, _salts_gap])).toEqual([
      ['Salt-7', 0],
      ['Salt-6', 7.8],
      ['Salt-4', 8.75],
      ['Salt-2', 9.4],
      ['Salt-3', 11.5],
      ['Salt-1', 14.2],
      ['Salt-5', null],
    ]);
    expect(rows[1]).toMatchObject({
      sites: 2,
      elements: 2,
      spacegroup: null,
      _salts_energy: null,
      _salts_stable: true,
    });
    expect(rows[5]).toMatchObject({ _salts_note: '=HYPERLINK("http://evil.example";"x")', formula: 'LiF' });
    const { schema, key_value_metadata: metadata } = parquetMetadata(file);
    expect(Object.fromEntries(schema.map(({ name, type }) => [name, type]))).toMatchObject({
      id: 'BYTE_ARRAY',
      sites: 'INT32',
      volume: 'DOUBLE',
      _salts_gap: 'DOUBLE',
      _salts_stable: 'BOOLEAN',
    });
    const about = JSON.parse(metadata!.find(({ key }) => key === 'brine')!.value!);
    expect(about.dataset).toMatchObject({ slug: 'salts', licence: 'CC-BY-4.0' });
    expect(about.columns).toContainEqual(expect.objectContaining({ name: '_salts_gap', unit: 'eV' }));
  });

  test('of nothing is a table all the same', async () => {
    expect(await text('csv', 'q=AgCl&cols=sites')).toBe('id,formula,Atoms\r\n');
    const bytes = await take('parquet', 'q=AgCl&cols=all');
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    expect(await parquetReadObjects({ file })).toEqual([]);
  });
});

describe('what is exported and brought again is the same', () => {
  async function again(title: string, bytes: Buffer) {
    const made = await startImport(platform.actor, {
      title,
      fileName: title,
      bytes: (async function* () {
        yield bytes;
      })(),
    });
    await runImport(made.id, new AbortController().signal);
    const entries = await db().entry.findMany({ where: { datasetId: made.id }, orderBy: { number: 'asc' } });
    const dataset = await db().dataset.findUniqueOrThrow({ where: { id: made.id } });
    return { dataset, entries };
  }
  const comparable = (entries: Awaited<ReturnType<typeof again>>['entries']) =>
    entries.map(({ key, formulaReduced, properties, failures }) => ({ key, formulaReduced, properties, failures }));
  const original = async () =>
    comparable(await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' } }));

  test('as JSON Lines, structures to the last bit', async () => {
    const { dataset, entries } = await again('as-lines', await take('jsonl'));
    expect(dataset.report).toMatchObject({ refused: 0, entries: 7 });
    expect(comparable(entries)).toEqual(await original());
    const hashes = await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' } });
    expect(entries.map(({ structureHash }) => structureHash)).toEqual(hashes.map(({ structureHash }) => structureHash));
    expect(dataset.properties).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: '_salts_gap', title: 'Band gap', unit: 'eV' })]),
    );
  });

  test('as a zip of CIF files with a table', async () => {
    const { dataset, entries } = await again('as-zip', await take('cif', 'cols=all'));
    expect(dataset.report).toMatchObject({ refused: 0, entries: 7 });
    const sorted = comparable(entries).sort((a, b) => (a.key < b.key ? -1 : 1));
    const wanted = (await original()).map(({ properties, ...rest }) => ({
      ...rest,
      // The volume for each atom is a column of its own there.
      properties: expect.objectContaining(properties as object),
    }));
    expect(sorted).toEqual(wanted);
  });
});

describe('the same question in OPTIMADE', () => {
  test.each([
    'in=Cl',
    'out=Cl,O',
    'some=K,Mg&in=Cl',
    'in=Cl&only=1',
    'in=Li&some=F&only=1',
    'q=NaCl',
    'q=O2Ti2',
    'q=Li-Cl',
    'q=AB',
    'q=A2B2',
    'q=*Cl',
    'q=*O',
    'q=Salt-3',
    'q=elements HAS "F" OR _salts_gap > 9',
    'r=_salts_gap:8:12',
    'r=_salts_gap::9',
    'r=sites:2:2&r=elements:2:',
    'w=_salts_kind:halide',
    'w=_salts_kind:halide&w=_salts_kind:oxide&w=_salts_stable:no',
    'k=_salts_gap:known',
    'k=_salts_gap:absent&in=Cl',
    '',
  ])('%s finds the same', async (search) => {
    const dataset = await db().dataset.findUniqueOrThrow({ where: { id } });
    const { query, sort } = readState(new URLSearchParams(search));
    const asked = toOptimade(query, sort, dataset.properties as unknown as PropertyDefinition[]);
    expect(asked.leftOut).toEqual([]);
    const found = await keysOf(search);
    if (search === '') expect(asked.filter).toBe('');
    else {
      const { bits } = await matchRows(platform.actor, { slug: 'salts', filter: asked.filter });
      const byte = Buffer.from(bits, 'base64')[0]!;
      const keys = Array.from({ length: 7 }, (_, i) => i).flatMap((i) => (byte & (1 << i) ? [`Salt-${i + 1}`] : []));
      expect(keys).toEqual(found);
      expect(found.length).toBeLessThan(7 + Number(search.startsWith('q=A') || search.startsWith('r=sites')));
    }
  });

  test('patterns look at whose each count is', () => {
    const query = readState(new URLSearchParams('q=*Ti2O20')).query;
    expect(toOptimade(query, [], []).filter).toBe(
      'chemical_formula_anonymous = "A20B2C" AND elements HAS ALL "Ti","O" AND chemical_formula_reduced CONTAINS "Ti2" AND ' +
        'NOT chemical_formula_reduced CONTAINS "Ti20" AND chemical_formula_reduced CONTAINS "O20"',
    );
  });

  test('what it has no words for is named', () => {
    const { query, sort } = readState(new URLSearchParams('r=volume:1:2&k=_salts_energy:failed&sort=-volume,id'));
    expect(toOptimade(query, sort, [])).toEqual({
      filter: '',
      sort: 'id',
      leftOut: ['the volume per atom', 'that _salts_energy failed', 'the volume per atom'],
    });
  });
});
