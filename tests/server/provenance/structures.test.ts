import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import type { GraphItem } from '@/server/schemas/provenance';
import { openNodeFile } from '@/server/services/provenance/open-node-file';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { silicon } from '../workflows/workers';

let platform: TestPlatform;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

async function person() {
  const actor = await makeActor('Ada');
  const caller = createCaller({ actor });
  const nodeOf = async (structureId: string) => (await caller.provenance.structureNode({ structureId })).id!;
  /** The ancestors of a structure's node in words, the nearest first. */
  const origins = async (structureId: string) => {
    const { items } = await caller.provenance.walk({ id: await nodeOf(structureId), direction: 'in' });
    return items.slice(1).map(words);
  };
  const size = async () => ({
    data: await db().dataNode.count({ where: { projectId: actor.projectId } }),
    processes: await db().process.count({ where: { projectId: actor.projectId } }),
  });
  return { actor, caller, nodeOf, origins, size };
}
const words = (item: GraphItem) => (item.type === 'process' ? item.title : item.kind);
const text = JSON.stringify(silicon);
const conventional = { cell: 'conventional' } as const;

test('a structure from a file has the file as its ancestor, byte for byte, and who brought it', async () => {
  const { actor, caller, nodeOf, origins } = await person();
  const { id } = await caller.structures.import({ text, fileName: 'up/../si.json' });
  expect(await origins(id)).toEqual(['Import of up/../si.json', 'structure-file']);
  const { items } = await caller.provenance.walk({ id: await nodeOf(id), direction: 'in' });
  const [, process, file] = items as [GraphItem, GraphItem, GraphItem];
  expect(await caller.provenance.get({ id: process.id })).toMatchObject({
    item: { kind: 'function', state: 'finished', calculationId: null },
    createdBy: 'Ada',
    calculation: null,
  });
  const { stream } = await openNodeFile(actor, { id: file.id, name: 'up_.._si.json' });
  expect(Buffer.concat(await stream.toArray()).toString()).toBe(text);
});

test('the same file again adds nothing; another file of the same structure is an ancestor too', async () => {
  const { caller, origins, size } = await person();
  const { id } = await caller.structures.import({ text, fileName: 'a.json' });
  const before = await size();
  expect(before).toEqual({ data: 2, processes: 1 });
  await caller.structures.import({ text, fileName: 'a.json' });
  expect(await size()).toEqual(before);
  expect((await caller.structures.import({ text: `${text}\n`, fileName: 'b.json' })).id).toBe(id);
  expect((await origins(id)).sort()).toEqual([
    'Import of a.json',
    'Import of b.json',
    'structure-file',
    'structure-file',
  ]);
  await Promise.all([1, 2, 3].map(() => caller.structures.import({ text: `${text}\n\n`, fileName: 'c.json' })));
  expect(await size()).toEqual({ data: 4, processes: 3 });
});

test('an edited structure has the one it was edited from as its ancestor, and what was done; back again makes no circle', async () => {
  const { caller, nodeOf, origins, size } = await person();
  const { id } = await caller.structures.import({ text, fileName: 'si.json' });
  const cell = await caller.structures.toCell({ id, ...conventional });
  expect((await origins(cell.id)).sort()).toEqual(
    ['Conventional cell', 'edit', 'structure', 'Import of si.json', 'structure-file'].sort(),
  );
  const { items } = await caller.provenance.walk({ id: await nodeOf(cell.id), direction: 'in' });
  const edit = items.find((item) => words(item) === 'edit')!;
  expect((await caller.provenance.get({ id: edit.id })).value).toEqual(conventional);
  const before = await size();
  await caller.structures.toCell({ id, ...conventional });
  const back = await caller.structures.toCell({ id: cell.id, cell: 'primitive' });
  await caller.structures.toCell({ id: back.id, ...conventional });
  const after = await size();
  // To the last bit the way back may lead to another structure: then it is one edit more, and no more the second time.
  await caller.structures.toCell({ id: cell.id, cell: 'primitive' });
  expect(await size()).toEqual(after);
  expect(after.processes - before.processes).toBeLessThanOrEqual(back.id === id ? 0 : 2);
});

test('an example says so', async () => {
  const { caller, origins } = await person();
  const { id } = await caller.structures.createFromExample({ exampleId: 'silicon' });
  await caller.structures.createFromExample({ exampleId: 'silicon' });
  expect(await origins(id)).toEqual(['Example Silicon']);
});

test('a deleted import takes the structure along; the file stays unless one asks', async () => {
  const { actor, caller, nodeOf, size } = await person();
  const { id } = await caller.structures.import({ text, fileName: 'si.json' });
  const node = await nodeOf(id);
  const remove = async (withAncestors: boolean) => {
    const { fingerprint } = await caller.provenance.planDeletion({ id: await nodeOf(id), withAncestors });
    await caller.provenance.delete({ id: await nodeOf(id), withAncestors, fingerprint });
  };
  expect(await caller.provenance.planDeletion({ id: node })).toMatchObject({
    values: 1,
    processes: 1,
    unusedAncestors: 1,
  });
  await remove(true);
  expect(await size()).toEqual({ data: 0, processes: 0 });
  expect(await db().structure.count({ where: { projectId: actor.projectId } })).toBe(0);
});
