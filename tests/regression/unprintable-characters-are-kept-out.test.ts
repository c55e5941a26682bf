import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '@/server/routers';
import { startTestPlatform, type TestPlatform } from '../server/platform';
import { ensurePrograms } from '../server/programs';
import { silicon } from '../server/workflows/workers';

// A NUL or half a surrogate pair in a label, a file name or a filter was a fault of the database (HTTP 500); a draft took
// settings of any size and depth; % in a filter meant anything.

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
});
afterAll(() => platform?.stop());

const hostile = '\u202eSi\u0000li\ncon\u0007\ud800';

test('labels, file names and filters are cleaned to one printable line', async () => {
  expect((await caller.drafts.create({ data: { label: hostile } })).label).toBe('Sili con');
  const stored = await caller.structures.import({ text: JSON.stringify(silicon), fileName: `${hostile}.json` });
  expect(stored.source.fileName).toBe('Sili con.json');
  expect(stored.name).toBe('Sili con');
  expect((await caller.calculations.list({ text: hostile, formula: hostile })).items).toEqual([]);
});

test('settings are kept as typed within bounds of size, depth and characters', async () => {
  const { id } = await caller.drafts.create({});
  const update = (properties: unknown) =>
    caller.drafts.update({ id, version: 1, changes: { properties: properties as Record<string, never> } });
  let deep: unknown = 1;
  for (let i = 0; i < 1000; i++) deep = { deep };
  for (const value of [deep, 'x'.repeat(10_000), '\u0000', Array(1000).fill(0)])
    await expect(update({ bands: { value } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`p${i}`, {}]));
  await expect(update(many)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect((await caller.drafts.get({ id })).version).toBe(1);
  expect((await update({ bands: { count: 'half typed', mesh: [1, null, 3] } })).version).toBe(2);
});

test('a % in a filter is a character', async () => {
  const structureId = (await caller.structures.import({ text: JSON.stringify(silicon) })).id;
  const { db } = await import('@/server/db/client');
  const { projectId, userId } = platform.actor;
  const row = { projectId, userId, structureId, kind: 'structure-wizard', schemaVersion: 1, formula: 'Si' };
  const rest = { protocol: 'fast', functional: 'pbe', inputs: {} };
  for (const label of ['strain 5% along a', 'strain 50 along a']) {
    const { newId } = await import('@/server/db/uuid');
    const id = newId();
    await db().calculation.create({ data: { ...row, ...rest, id, label } });
    await db().process.create({
      data: { id, projectId, calculationId: id, kind: 'workflow', name: 'calculation', title: label },
    });
  }
  const found = await caller.calculations.list({ text: '5%' });
  expect(found.items.map(({ label }) => label)).toEqual(['strain 5% along a']);
});
