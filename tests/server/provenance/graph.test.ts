import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { createCaller } from '@/server/routers';
import { openNodeFile } from '@/server/services/provenance/open-node-file';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { type MadeCalculation, makeCalculation, makeStructure } from './graphs';

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
let made: MadeCalculation;
beforeAll(async () => {
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
  made = await makeCalculation(platform.actor);
});
afterAll(() => platform?.stop());

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id).sort();

test('a value knows the process that made it, its files, its person', async () => {
  const node = await caller.provenance.get({ id: made.bandsResult });
  expect(node).toMatchObject({
    item: { type: 'data', kind: 'bands-result' },
    value: { gap: { gapEv: 0.55 }, path: 'GX' },
    createdBy: 'Ada',
    calculation: { id: made.id, label: 'Bands of silicon' },
  });
  expect(node.files).toMatchObject([
    { name: 'bands.txt', bytes: 25, href: `/api/nodes/${made.bandsResult}/files/bands.txt` },
  ]);
  const { items, edges, nextCursor } = await caller.provenance.neighbours({ id: made.bandsResult, direction: 'in' });
  expect(idsOf(items)).toEqual([made.bands]);
  expect(edges).toMatchObject([{ from: made.bands, to: made.bandsResult, kind: 'create', name: 'result' }]);
  expect(nextCursor).toBeNull();
});

test('a process has its inputs and its caller on one side, its outputs and what it called on the other', async () => {
  const around = async (id: string, direction: 'in' | 'out') =>
    idsOf((await caller.provenance.neighbours({ id, direction })).items);
  expect(await around(made.bands, 'in')).toEqual([made.density, made.id].sort());
  expect(await around(made.id, 'in')).toEqual([made.structure, made.settings].sort());
  expect(await around(made.id, 'out')).toEqual([made.scf, made.bands].sort());
  expect(await around(made.scf, 'out')).toEqual([made.scfResult, made.density].sort());
  expect(await around(made.structure, 'in')).toEqual([]);
});

test('steps come in pages that together are the whole, each edge once', async () => {
  const structureId = await makeStructure(platform.actor, 'Ge');
  const users = [];
  for (let i = 0; i < 7; i++) users.push(await makeCalculation(platform.actor, { structureId, label: `Ge ${i}` }));
  expect(new Set(users.map(({ structure }) => structure)).size).toBe(1);
  const seen: string[] = [];
  for (let cursor: string | null = null, pages = 0; ; pages++) {
    expect(pages).toBeLessThan(4);
    const page: Awaited<ReturnType<typeof caller.provenance.neighbours>> = await caller.provenance.neighbours({
      id: users[0]!.structure,
      direction: 'out',
      limit: 3,
      cursor,
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  expect(seen).toEqual(users.map(({ id }) => id));
});

test('ancestors and descendants come whole, with the edges among them, and cut where they are too many', async () => {
  const up = await caller.provenance.walk({ id: made.bandsResult, direction: 'in' });
  const all = [made.bandsResult, made.bands, made.density, made.id, made.scf, made.structure, made.settings];
  expect(idsOf(up.items)).toEqual([...all].sort());
  expect(up.items[0]!.id).toBe(made.bandsResult);
  expect(up.isCut).toBe(false);
  expect(up.edges.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(
    [
      [made.bands, made.bandsResult],
      [made.density, made.bands],
      [made.id, made.bands],
      [made.scf, made.density],
      [made.id, made.scf],
      [made.structure, made.id],
      [made.settings, made.id],
    ]
      .map((pair) => pair.join(' '))
      .sort(),
  );
  const down = await caller.provenance.walk({ id: made.settings, direction: 'out' });
  expect(idsOf(down.items)).toEqual(
    [made.settings, made.id, made.scf, made.bands, made.scfResult, made.density, made.bandsResult].sort(),
  );
  const cut = await caller.provenance.walk({ id: made.settings, direction: 'out', limit: 3 });
  expect(cut.items).toHaveLength(3);
  expect(cut.isCut).toBe(true);
});

test('a circle, which only a process that returns what it took can make, ends', async () => {
  await db().link.create({ data: { kind: 'return', name: 'same', processId: made.bands, dataNodeId: made.density } });
  const up = await caller.provenance.walk({ id: made.bandsResult, direction: 'in' });
  expect(up.items).toHaveLength(7);
  await db().link.deleteMany({ where: { name: 'same' } });
});

test('a calculation of a relaxed structure leads back to the relaxation', async () => {
  const relaxedId = await makeStructure(platform.actor, 'Sn');
  const { projectId } = platform.actor;
  const relaxed = await db().dataNode.create({
    data: { projectId, kind: 'structure', schemaVersion: 1, structureId: relaxedId },
  });
  await db().link.create({
    data: { kind: 'create', name: 'structure', processId: made.scf, dataNodeId: relaxed.id },
  });
  const next = await makeCalculation(platform.actor, { structureId: relaxedId });
  expect(next.structure).toBe(relaxed.id);
  expect(await caller.provenance.structureNode({ structureId: relaxedId })).toEqual({ id: relaxed.id });
  const { items } = await caller.provenance.walk({ id: next.bandsResult, direction: 'in' });
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([relaxed.id, made.scf, made.settings]));
});

test('files of a value are read through its project alone', async () => {
  const { stream } = await openNodeFile(platform.actor, { id: made.bandsResult, name: 'bands.txt' });
  expect((await stream.toArray()).join('')).toBe('bands of Bands of silicon');
  const stranger = await makeActor('Eve');
  for (const [actor, id, name] of [
    [stranger, made.bandsResult, 'bands.txt'],
    [platform.actor, newId(), 'bands.txt'],
    [platform.actor, 'x', 'bands.txt'],
    [platform.actor, made.bandsResult, '../bands.txt'],
  ] as const)
    await expect(openNodeFile(actor, { id, name })).rejects.toMatchObject({ code: 'not-found' });
});

test('a result is found by its calculation and job', async () => {
  const find = (name: string) => caller.provenance.resultNode({ calculationId: made.id, name });
  expect(await find('bands')).toEqual({ id: made.bandsResult });
  expect(await find('scf')).toEqual({ id: made.scfResult });
  await expect(find('dos')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
