import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { getEntry } from '@/server/services/datasets/get-entry';
import { getHull } from '@/server/services/datasets/get-hull';
import { getMaking } from '@/server/services/datasets/get-making';
import { listDatasets } from '@/server/services/datasets/list-datasets';
import { removeDataset } from '@/server/services/datasets/remove-dataset';
import { ensureSmallCrystals } from '@/server/services/datasets/small-crystals/ensure';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { makeDataset, rockSalt } from './make-dataset';

const slug = 'small-crystals';
let platform: TestPlatform;
let folder: string;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  folder = mkdtempSync(join(tmpdir(), 'brine-own-'));
  cpSync('data/small-crystals/entries.jsonl', join(folder, 'entries.jsonl'));
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a start brings the dataset that came with Brine, once, and it stands first for everybody', async () => {
  await makeDataset(platform.actor, 'mine', [rockSalt('salt', ['Na', 'Cl'], 5.64)]);
  await Promise.all([ensureSmallCrystals(folder), ensureSmallCrystals(folder)]);
  await ensureSmallCrystals(folder);
  const [first, ...others] = await listDatasets(platform.actor);
  expect(first).toMatchObject({ slug, state: 'ready', isOurs: false, revision: 0 });
  expect(first!.entryCount).toBeGreaterThanOrEqual(60);
  // Nothing is looked for any more: the page would say so for ever.
  expect(first!.symmetryCount).toBe(first!.entryCount);
  expect(first!.properties.find(({ name }) => name === '_brine_band_gap')).toMatchObject({
    ...{ title: 'Band gap', unit: 'eV', type: 'number', method: expect.stringContaining('PBE') },
  });
  expect(others).toHaveLength(1);
  expect((await listDatasets(await makeActor('Grace')))[0]).toMatchObject({ slug });
});

test('an entry has its values, its place on the hull and the inputs to make it again', async () => {
  const entry = await getEntry(platform.actor, { slug, key: 'Si-diamond' });
  expect(entry.structure?.symmetry?.spaceGroupNumber).toBe(227);
  const gap = entry.properties.find(({ definition }) => definition.name === '_brine_band_gap')!;
  expect(gap.value).toMatchObject({ is: 'value', value: expect.any(Number) });
  const making = await getMaking(platform.actor, { slug, key: 'Si-diamond' });
  if (making?.from !== 'kernel') throw new Error('it was made by the kernel');
  expect(making.runs.map(({ name }) => name)).toEqual(['relax', 'bands']);
  expect(JSON.parse(making.runs[0]!.input)).toMatchObject({ task: 'relax', functional: 'pbe' });
  expect(making.command).toBe('node bin/brine.mjs dataset again Si-diamond');
  expect(await getMaking(platform.actor, { slug: 'mine', key: 'salt' })).toBeNull();
  const hull = await getHull(platform.actor, { slug, key: 'SiMg2-fluorite' });
  expect(hull!.phases.find(({ key }) => key === 'Mg-hcp')).toMatchObject({ energyPerAtom: 0 });
});

test('a start with another file puts its entries in the place of the former; what failed says so', async () => {
  const before = await db().dataset.findUniqueOrThrow({ where: { slug } });
  const path = join(folder, 'entries.jsonl');
  const kept = readFileSync(path, 'utf8').split('\n').slice(0, 4);
  const failed = JSON.parse(kept[3]!) as { id: string; attributes: Record<string, unknown> };
  failed.attributes['_brine_failures'] = { _brine_direct_gap: 'The calculation did not converge.' };
  writeFileSync(path, [...kept.slice(0, 3), JSON.stringify(failed)].join('\n'));
  await ensureSmallCrystals(folder);
  const after = await db().dataset.findUniqueOrThrow({ where: { slug } });
  expect(after).toMatchObject({ id: before.id, entryCount: 2, revision: before.revision + 1 });
  expect(await db().entry.count({ where: { datasetId: after.id } })).toBe(2);
  const { failures } = await db().entry.findFirstOrThrow({ where: { datasetId: after.id, key: failed.id } });
  expect(failures).toEqual({ _brine_direct_gap: 'The calculation did not converge.' });
});

test('nobody removes it, and a project’s own dataset of its name is left alone', async () => {
  const { id } = await db().dataset.findUniqueOrThrow({ where: { slug } });
  await expect(removeDataset(platform.actor, { id })).rejects.toMatchObject({ code: 'forbidden' });
  await db().dataset.delete({ where: { id } });
  await makeDataset(platform.actor, slug, [rockSalt('salt', ['Na', 'Cl'], 5.64)]);
  await ensureSmallCrystals(folder);
  expect(await db().dataset.findUniqueOrThrow({ where: { slug } })).toMatchObject({ entryCount: 1 });
});
