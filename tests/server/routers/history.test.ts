import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '@/server/routers';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { makeCalculation, makeStructure } from '../provenance/graphs';

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
let silicon: string;
let germanium: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
  silicon = (await makeCalculation(platform.actor, { label: 'Bands of silicon' })).id;
  const structureId = await makeStructure(platform.actor, 'Ge');
  germanium = (await makeCalculation(platform.actor, { label: 'Bands of germanium', structureId })).id;
});
afterAll(() => platform?.stop());

const listed = async (input: Parameters<typeof caller.calculations.list>[0]) =>
  (await caller.calculations.list(input)).items.map(({ id }) => id);

test('the history is filtered by elements, by a property that was asked for, and by tags, which it shows', async () => {
  await caller.provenance.tag({ id: germanium, tag: 'for the paper' });
  await caller.provenance.tag({ id: germanium, tag: 'a second' });
  expect(await listed({ elements: ['Ge'] })).toEqual([germanium]);
  expect(await listed({ elements: ['Si', 'Ge'] })).toEqual([]);
  expect((await listed({ property: 'bands' })).sort()).toEqual([silicon, germanium].sort());
  expect(await listed({ property: 'elastic' })).toEqual([]);
  expect(await listed({ tag: 'for the paper' })).toEqual([germanium]);
  expect(await listed({ tag: 'for the paper', states: ['failed'] })).toEqual([]);
  expect(await listed({ tag: 'for the paper', elements: ['Ge'], property: 'bands' })).toEqual([germanium]);
  const { items } = await caller.calculations.list({});
  expect(Object.fromEntries(items.map(({ id, tags }) => [id, tags]))).toEqual({
    [silicon]: [],
    [germanium]: ['a second', 'for the paper'],
  });
  await caller.provenance.untag({ id: germanium, tag: 'for the paper' });
  expect(await listed({ tag: 'for the paper' })).toEqual([]);
});

test('what is published by these filters is what they show', async () => {
  await caller.provenance.tag({ id: silicon, tag: 'out' });
  const found = async (filters: object) =>
    (await caller.datasets.reviewPublication({ selection: { by: 'filters', ...filters } })).found;
  expect(await found({})).toBe(2);
  expect(await found({ tag: 'out' })).toBe(1);
  expect(await found({ elements: ['Ge'] })).toBe(1);
  expect(await found({ property: 'elastic' })).toBe(0);
});

test('a tag of another project’s calculation is not found', async () => {
  const stranger = createCaller({ actor: await makeActor('Eve') });
  expect((await stranger.calculations.list({ tag: 'out' })).items).toEqual([]);
});
