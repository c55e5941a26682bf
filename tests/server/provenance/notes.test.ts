import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { createCaller } from '@/server/routers';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { type MadeCalculation, makeCalculation } from './graphs';

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
let made: MadeCalculation;
beforeAll(async () => {
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
  made = await makeCalculation(platform.actor);
});
afterAll(() => platform?.stop());

test('values and processes take tags, each once', async () => {
  for (const id of [made.bandsResult, made.bands]) {
    await caller.provenance.tag({ id, tag: 'published' });
    await caller.provenance.tag({ id, tag: ' published ' });
    await caller.provenance.tag({ id, tag: 'Fe₂O₃; DROP TABLE "NodeTag"' });
    expect((await caller.provenance.notes({ id })).tags).toEqual(['Fe₂O₃; DROP TABLE "NodeTag"', 'published']);
    await caller.provenance.untag({ id, tag: 'Fe₂O₃; DROP TABLE "NodeTag"' });
    expect((await caller.provenance.notes({ id })).tags).toEqual(['published']);
  }
  await expect(caller.provenance.tag({ id: made.bands, tag: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('comments stay with their author: another member reads but cannot take them back', async () => {
  const { commentId } = await caller.provenance.comment({ id: made.bandsResult, body: ' The gap is that of PBE.\n ' });
  const bob = { ...(await makeActor('Bob')), projectId: platform.actor.projectId };
  await db().membership.create({ data: { userId: bob.userId, projectId: bob.projectId, role: 'member' } });
  const other = createCaller({ actor: bob });
  expect((await other.provenance.notes({ id: made.bandsResult })).comments).toMatchObject([
    { id: commentId, body: 'The gap is that of PBE.', createdBy: 'Ada', isOwn: false },
  ]);
  await expect(other.provenance.removeComment({ id: commentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await caller.provenance.removeComment({ id: commentId });
  expect((await caller.provenance.notes({ id: made.bandsResult })).comments).toEqual([]);
});

test('a group takes nodes of both kinds once, gives them in pages, and goes without them', async () => {
  const group = await caller.groups.create({ name: 'Figure 2' });
  await expect(caller.groups.create({ name: 'Figure 2' })).rejects.toMatchObject({ code: 'CONFLICT' });
  const nodeIds = [made.bandsResult, made.bands, made.settings];
  expect(await caller.groups.add({ groupId: group.id, nodeIds })).toEqual({ added: 3 });
  expect(await caller.groups.add({ groupId: group.id, nodeIds })).toEqual({ added: 0 });
  const first = await caller.groups.get({ groupId: group.id, limit: 2 });
  const second = await caller.groups.get({ groupId: group.id, limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual([...nodeIds].sort());
  expect(second.nextCursor).toBeNull();
  expect((await caller.provenance.notes({ id: made.bands })).groups).toMatchObject([{ name: 'Figure 2' }]);
  expect(await caller.groups.take({ groupId: group.id, nodeIds: [made.bands] })).toEqual({ taken: 1 });
  await caller.groups.remove({ groupId: group.id });
  expect(await caller.groups.list()).toEqual([]);
  expect((await caller.provenance.get({ id: made.bandsResult })).item.id).toBe(made.bandsResult);
});

test('a group is counted, renamed and described; no two have one name', async () => {
  const [one, other] = [await caller.groups.create({ name: 'one' }), await caller.groups.create({ name: 'other' })];
  await caller.groups.add({ groupId: one.id, nodeIds: [made.bands, made.scf] });
  expect((await caller.groups.list()).map(({ name, nodes }) => [name, nodes])).toEqual([
    ['one', 2],
    ['other', 0],
  ]);
  await caller.groups.change({ groupId: one.id, description: 'For the paper.' });
  expect(await caller.groups.change({ groupId: one.id, name: ' Figure 3 ' })).toMatchObject({
    name: 'Figure 3',
    description: 'For the paper.',
  });
  await expect(caller.groups.change({ groupId: other.id, name: 'Figure 3' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect((await caller.provenance.query({ text: 'group:"Figure 3"' })).items).toHaveLength(2);
  for (const { id } of [one, other]) await caller.groups.remove({ groupId: id });
});

test('a node of another project does not come into a group, nor does any beside it', async () => {
  const stranger = await makeActor('Eve');
  const theirs = await makeCalculation(stranger);
  const group = await caller.groups.create({ name: 'mixed' });
  for (const foreign of [theirs.bandsResult, newId()])
    await expect(caller.groups.add({ groupId: group.id, nodeIds: [made.bandsResult, foreign] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  expect((await caller.groups.get({ groupId: group.id })).items).toEqual([]);
});
