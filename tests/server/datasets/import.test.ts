import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import type { DatasetReport, PropertyDefinition, ReadSource } from '@/server/schemas/datasets';
import { getEntry } from '@/server/services/datasets/get-entry';
import { runImport } from '@/server/services/datasets/import/run-import';
import { startImport } from '@/server/services/datasets/start-import';
import { takeStructure } from '@/server/services/datasets/take-structure';
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
const lines = (values: readonly unknown[]) =>
  Buffer.from(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n'));

async function* inChunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
}

async function bring(title: string, bytes: Buffer): Promise<string> {
  return (await startImport(platform.actor, { title, fileName: `${title}.jsonl`, bytes: inChunks(bytes) })).id;
}

async function outcome(id: string) {
  const row = await db().dataset.findUniqueOrThrow({ where: { id } });
  return {
    ...row,
    report: row.report as unknown as DatasetReport,
    source: row.source as unknown as ReadSource,
    properties: row.properties as unknown as PropertyDefinition[],
  };
}

describe('a file of entries', () => {
  test('is taken line by line; what cannot be is named with the reason and stops nothing', async () => {
    const nonsense = rockSalt('bad/element', ['Na', 'Xx'], 5);
    const id = await bring(
      'mixed',
      lines([
        { 'x-optimade': { meta: { api_version: '1.2.0' } } },
        {
          type: 'info',
          id: 'structures',
          properties: { _mine_gap: { title: 'Band gap', unit: 'eV', type: 'float', description: 'PBE' } },
        },
        rockSalt('a', ['Na', 'Cl'], 5.64, { _mine_gap: 8 }),
        'this is not JSON',
        nonsense,
        rockSalt('b', ['K', 'Cl'], 6.29, { _mine_gap: 8.4 }),
        rockSalt('a', ['Na', 'Cl'], 5.7),
        rockSalt('c', ['Mg', 'O'], 4.21, { _mine_gap: 'large' }),
        { type: 'structures', id: 'd', attributes: {} },
        '',
        `{"id":"deep","attributes":${'['.repeat(50)}${']'.repeat(50)}}`,
        rockSalt('e', ['Ni', 'O'], 4.18),
      ]),
    );
    expect(await runImport(id, never)).toBe(true);
    const { state, entryCount, report, properties } = await outcome(id);
    expect({ state, entryCount }).toEqual({ state: 'ready', entryCount: 4 });
    expect(report).toMatchObject({ entries: 4, refused: 4, repeated: 1, propertiesLeftOut: 1 });
    expect(report.examples.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['this is not JSON', 'bad/element', 'd', 'a', 'c']),
    );
    expect(properties).toMatchObject([{ name: '_mine_gap', title: 'Band gap', unit: 'eV', type: 'number' }]);
    expect(
      (await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' } })).map(({ number }) => number),
    ).toEqual([1, 2, 3, 4]);
  });

  test('whose reading is stopped goes on behind the last batch, and takes nothing twice', async () => {
    const all = Array.from({ length: 650 }, (_, i) => rockSalt(`s${i}`, ['Na', 'Cl'], 5 + i / 1000));
    const id = await bring('stopped', gzipSync(lines(all)));
    const stop = new AbortController();
    const first = runImport(id, stop.signal);
    const poll = setInterval(async () => {
      if ((await outcome(id)).entryCount > 0) stop.abort();
    }, 5);
    expect(await first).toBe(false);
    clearInterval(poll);
    const half = await outcome(id);
    expect(half.state).toBe('importing');
    expect(half.entryCount).toBeGreaterThan(0);
    expect(half.entryCount).toBeLessThan(650);
    expect(half.source.lines).toBe(half.entryCount);
    // Two that read it at once, as when a worker is taken for dead: each entry is there once.
    await Promise.all([runImport(id, never), runImport(id, never)]);
    const whole = await outcome(id);
    expect(whole.state).toBe('ready');
    expect(whole.entryCount).toBe(650);
    expect(whole.report).toMatchObject({ refused: 0, repeated: 0 });
    expect(await db().entry.count({ where: { datasetId: id } })).toBe(650);
  });

  test.each([
    [
      'broken gzip',
      Buffer.concat([gzipSync(lines([rockSalt('a', ['Na', 'Cl'], 5.64)])).subarray(0, 60), Buffer.alloc(20)]),
      /unpacked/,
    ],
    ['one endless line', Buffer.alloc(9 * 1024 ** 2, 'x'), /longer than/],
  ])('that is %s ends with a sentence', async (title, bytes, expected) => {
    const id = await bring(title, bytes);
    await runImport(id, never);
    const { state, report } = await outcome(id);
    expect(state).toBe('interrupted');
    expect(report.examples.at(-1)!.why).toMatch(expected);
  });

  test('gets a name of its own in addresses', async () => {
    const file = lines([rockSalt('a', ['Na', 'Cl'], 5.64)]);
    const slugs = [];
    for (const title of ['My Öxides, 2026!', 'My Öxides, 2026!', '…', 'versions'])
      slugs.push((await outcome(await bring(title, file))).slug);
    expect(slugs).toEqual(['my-oxides-2026', 'my-oxides-2026-2', 'dataset', 'dataset-2']);
  });
});

test('an entry is shown with its symmetry and taken into the project with its origin', async () => {
  const id = await bring('origin', lines([rockSalt('mgo', ['Mg', 'O'], 4.21, { _mine_gap: 7.8, _mine_tc: null })]));
  await runImport(id, never);
  await db().entry.updateMany({ where: { datasetId: id }, data: { failures: { _mine_bulk: 'did not converge' } } });
  const gap = (await outcome(id)).properties[0]!;
  const bulk = { ...gap, name: '_mine_bulk', title: 'Bulk modulus' };
  const tc = { ...gap, name: '_mine_tc', title: 'Critical temperature' };
  await db().dataset.update({ where: { id }, data: { properties: [gap, bulk, tc] } });
  const entry = await getEntry(platform.actor, { slug: 'origin', key: 'mgo' });
  expect(entry.structure?.symmetry?.spaceGroupSymbol).toBe('Fm-3m');
  expect(entry.properties.map(({ value }) => value)).toEqual([
    { is: 'value', value: 7.8 },
    { is: 'failed', reason: 'did not converge' },
    { is: 'not-computed' },
  ]);
  const [taken, again] = [
    await takeStructure(platform.actor, { slug: 'origin', key: 'mgo' }),
    await takeStructure(platform.actor, { slug: 'origin', key: 'mgo' }),
  ];
  expect(again.id).toBe(taken.id);
  const made = await db().process.findMany({
    where: { name: 'dataset-entry' },
    include: { links: { include: { dataNode: true } } },
  });
  expect(made).toHaveLength(1);
  const input = made[0]!.links.find(({ kind }) => kind === 'input')!;
  expect(input.dataNode!.value).toMatchObject({ key: 'mgo', dataset: { slug: 'origin' } });
});

const file = '../shared/data/entries.optimade.jsonl.gz';
test.skipIf(!existsSync(file))('two thousand real entries are taken whole', async () => {
  const all = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  const sample = [all[0]!, ...all.slice(1).filter((_, i) => i % 8 === 0)];
  const id = await bring('real', gzipSync(Buffer.from(sample.join('\n'))));
  await runImport(id, never);
  const { entryCount, report } = await outcome(id);
  expect(report).toMatchObject({ refused: 0, repeated: 0, propertiesLeftOut: 0 });
  expect(entryCount).toBeGreaterThan(1_900);
});
