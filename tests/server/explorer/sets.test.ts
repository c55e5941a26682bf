import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepBlobs } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { compareSet } from '@/server/explorer/sets/compare-set';
import { openSet } from '@/server/explorer/sets/open-set';
import { createCaller } from '@/server/routers';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { makeSalts } from './salts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const search = 'some=Cl,O&sort=-_salts_gap';

async function linesOf(id: string): Promise<string> {
  return new Response((await openSet(platform.actor, { id })).stream).text();
}

test('a frozen result keeps keys and values in order under their hash, and says what became of them', async () => {
  const owner = createCaller({ actor: platform.actor });
  const { id: datasetId } = await makeSalts(platform.actor, 'frozen');
  const set = await owner.resultSets.freeze({ slug: 'frozen', name: 'Wide gaps', search });
  expect(set).toMatchObject({ entryCount: 5, dataset: { slug: 'frozen', licence: 'CC-BY-4.0', isThere: true } });
  const text = await linesOf(set.id);
  expect(createHash('sha256').update(text).digest('hex')).toBe(set.sha256);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ key }) => key)).toEqual(['Salt-2', 'Salt-4', 'Salt-6', 'Salt-7', 'Salt-5']);
  expect(lines[2]).toMatchObject({ formula: 'MgO', failures: { _salts_energy: 'no convergence' } });
  expect(lines[4].properties).not.toHaveProperty('_salts_gap');
  expect((await owner.resultSets.get({ id: set.id })).first).toEqual(lines);
  const again = await owner.resultSets.freeze({ slug: 'frozen', name: 'The same', search });
  expect(again.sha256).toBe(set.sha256);
  expect(await owner.resultSets.compare({ id: set.id })).toMatchObject({ isSame: true, sha256: set.sha256 });

  // One value changes, one computation that failed goes well, one entry leaves the result, one comes.
  const change = (key: string, data: object) => db().entry.updateMany({ where: { datasetId, key }, data });
  const of = (key: string) => lines.find((line) => line.key === key).properties;
  await change('Salt-4', { properties: { ...of('Salt-4'), _salts_gap: 8.5 } });
  await change('Salt-6', { properties: { ...of('Salt-6'), _salts_energy: -6 }, failures: {} });
  await change('Salt-7', { formulaReduced: 'STi', elements: ['S', 'Ti'] });
  await change('Salt-1', { formulaReduced: 'ClLi', elements: ['Cl', 'Li'] });
  await db().dataset.update({ where: { id: datasetId }, data: { revision: { increment: 1 }, version: '2' } });
  const found = await owner.resultSets.compare({ id: set.id });
  expect(found).toMatchObject({
    ...{ isSame: false, isReordered: false, version: '2' },
    added: { count: 1, keys: ['Salt-1'] },
    gone: { count: 1, keys: ['Salt-7'] },
    changed: { count: 2 },
  });
  expect(found.changed.entries).toEqual([
    { key: 'Salt-4', changes: [{ name: '_salts_gap', before: 8.75, now: 8.5 }] },
    { key: 'Salt-6', changes: [{ name: '_salts_energy', before: 'failed: no convergence', now: -6 }] },
  ]);
  expect(await linesOf(set.id)).toBe(text);
});

test('the same entries in another order are told from other entries', async () => {
  const { id: datasetId } = await makeSalts(platform.actor, 'ordered');
  const owner = createCaller({ actor: platform.actor });
  const { id } = await owner.resultSets.freeze({ slug: 'ordered', name: 'In order', search: '' });
  const rows = await db().entry.findMany({ where: { datasetId }, orderBy: { number: 'asc' } });
  const swap = (number: number, to: number) =>
    db().entry.updateMany({ where: { datasetId, number }, data: { number: to } });
  await db().entryStructure.deleteMany({ where: { datasetId } });
  await swap(1, 100);
  await swap(2, 1);
  await swap(100, 2);
  await db().dataset.update({ where: { id: datasetId }, data: { revision: { increment: 1 } } });
  expect(rows).toHaveLength(7);
  expect(await owner.resultSets.compare({ id })).toMatchObject({ isSame: false, isReordered: true });
});

test('a frozen result outlives its database and the sweeper; a saved query does not', async () => {
  const owner = createCaller({ actor: platform.actor });
  const { id: datasetId } = await makeSalts(platform.actor, 'mortal');
  const { id } = await owner.resultSets.freeze({ slug: 'mortal', name: 'Kept', search });
  await owner.savedQueries.save({ slug: 'mortal', name: 'Gaps', search });
  expect(await owner.savedQueries.list()).toMatchObject([{ name: 'Gaps', search, dataset: { slug: 'mortal' } }]);
  await owner.datasets.remove({ id: datasetId });
  await db().$executeRaw`UPDATE "Blob" SET "createdAt" = now() - interval '2 days'`;
  await sweepBlobs(db());
  expect(await owner.savedQueries.list()).toEqual([]);
  expect(await owner.resultSets.get({ id })).toMatchObject({
    name: 'Kept',
    dataset: { isThere: false, title: 'mortal' },
  });
  expect((await linesOf(id)).split('\n')).toHaveLength(6);
  await expect(compareSet(platform.actor, { id })).rejects.toMatchObject({ code: 'blocked' });
  await owner.resultSets.remove({ id });
  await expect(owner.resultSets.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what is being read is not frozen, and no stranger finds a set', async () => {
  const owner = createCaller({ actor: platform.actor });
  const { id: datasetId } = await makeSalts(platform.actor, 'moving');
  const { id } = await owner.resultSets.freeze({ slug: 'moving', name: 'Still', search: '' });
  await db().dataset.update({ where: { id: datasetId }, data: { state: 'importing' } });
  await expect(owner.resultSets.freeze({ slug: 'moving', name: 'No', search: '' })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
  });
  const stranger = createCaller({ actor: await makeActor('Eve') });
  await expect(stranger.resultSets.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(stranger.resultSets.compare({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(stranger.resultSets.remove({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
