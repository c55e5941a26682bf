import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinkKind } from '@/generated/prisma/client';
import { createRandom } from '@/kernels/core/random';
import { putBlob, sweepBlobs } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { createCaller } from '@/server/routers';
import type { Actor } from '@/server/services/actor';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { makeCalculation } from './graphs';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const project = async () => {
  const actor = await makeActor('Ada');
  const { provenance, groups } = createCaller({ actor });
  return { actor, provenance, groups };
};
const link = (kind: LinkKind, processId: string, dataNodeId: string, name = newId()) =>
  db().link.create({ data: { kind, name, processId, dataNodeId } });

async function remove({ provenance }: Awaited<ReturnType<typeof project>>, id: string, withAncestors = false) {
  const { fingerprint } = await provenance.planDeletion({ id, withAncestors });
  return provenance.delete({ id, withAncestors, fingerprint });
}

/** All nodes and links of a project, as they are. */
async function graphOf({ projectId }: Actor) {
  const where = { projectId };
  const [data, processes, links] = await Promise.all([
    db().dataNode.findMany({ where, include: { files: true, tags: true, comments: true }, orderBy: { id: 'asc' } }),
    db().process.findMany({ where, orderBy: { id: 'asc' } }),
    db().link.findMany({ where: { process: where }, orderBy: { id: 'asc' } }),
  ]);
  return { data, processes, links };
}

describe('what goes with a node', () => {
  test('is its whole calculation, and what was made from that; all else stays as it was', async () => {
    const own = await project();
    const other = await makeCalculation(own.actor, { label: 'Another' });
    await own.provenance.tag({ id: other.bandsResult, tag: 'kept' });
    const before = await graphOf(own.actor);
    const first = await makeCalculation(own.actor, { label: 'First', structureId: other.structureId });
    const relaxed = await db().dataNode.create({
      data: { projectId: own.actor.projectId, kind: 'x', schemaVersion: 1 },
    });
    await link('create', first.scf, relaxed.id);
    const second = await makeCalculation(own.actor, { label: 'Second', structureId: other.structureId });
    await link('input', second.id, relaxed.id);
    const plan = await own.provenance.planDeletion({ id: first.bandsResult });
    expect(plan.calculations.map(({ label }) => label)).toEqual(['First', 'Second']);
    // Both calculations' results and settings; the structure is used by another.
    expect(plan).toMatchObject({ values: 9, processes: 6, structures: [], running: [], unusedAncestors: 0 });
    expect(await remove(own, first.bandsResult)).toEqual({ values: 9, processes: 6 });
    expect(await graphOf(own.actor)).toEqual(before);
    expect(
      await db().calculation.findMany({ where: { projectId: own.actor.projectId }, select: { id: true } }),
    ).toEqual([{ id: other.id }]);
  });

  test('is also the calculation that took a result over, which the plan tells', async () => {
    const own = await project();
    const first = await makeCalculation(own.actor, { label: 'First' });
    const second = await makeCalculation(own.actor, { label: 'Second' });
    await link('return', second.scf, first.scfResult);
    await db().process.update({ where: { id: second.scf }, data: { reusedFromId: first.scf } });
    expect((await own.provenance.planDeletion({ id: first.scfResult })).calculations).toEqual([
      { id: first.id, label: 'First', tookOver: false },
      { id: second.id, label: 'Second', tookOver: true },
    ]);
    // The other way round nothing that the first has is lost.
    expect((await own.provenance.planDeletion({ id: second.bands })).calculations).toMatchObject([{ label: 'Second' }]);
  });

  test('with a structure: all calculations of it, and it leaves the list, unless a draft uses it', async () => {
    const own = await project();
    const { projectId, userId } = own.actor;
    const made = await makeCalculation(own.actor);
    const draft = await db().draft.create({
      data: { projectId, userId, kind: 'structure-wizard', schemaVersion: 1, data: {}, structureId: made.structureId },
    });
    const { id: groupId } = await own.groups.create({ name: 'figures' });
    await own.groups.add({ groupId, nodeIds: [made.structure, made.bands] });
    await own.provenance.comment({ id: made.structure, body: 'good' });
    expect(await own.provenance.planDeletion({ id: made.structure })).toMatchObject({
      ...{ values: 5, processes: 3, structures: [], comments: 1, tags: 0 },
      groups: [{ id: groupId, name: 'figures', nodes: 2 }],
      drafts: [{ id: draft.id, structure: 'A crystal of Si' }],
    });
    await db().draft.delete({ where: { id: draft.id } });
    expect((await own.provenance.planDeletion({ id: made.structure })).structures).toMatchObject([
      { id: made.structureId },
    ]);
    await remove(own, made.structure);
    expect(await db().structure.count({ where: { projectId } })).toBe(0);
    expect((await own.groups.get({ groupId })).items).toEqual([]);
  });

  test('is shown in full before: where more came to it since, nothing is deleted', async () => {
    const own = await project();
    const made = await makeCalculation(own.actor);
    const { fingerprint } = await own.provenance.planDeletion({ id: made.structure });
    await makeCalculation(own.actor, { structureId: made.structureId });
    const before = await graphOf(own.actor);
    await expect(own.provenance.delete({ id: made.structure, fingerprint })).rejects.toThrow(/Since you looked/);
    expect(await graphOf(own.actor)).toEqual(before);
  });

  test('must have ended', async () => {
    const own = await project();
    const made = await makeCalculation(own.actor);
    const running = await makeCalculation(own.actor, { structureId: made.structureId, isStill: false, label: 'Runs' });
    const plan = await own.provenance.planDeletion({ id: made.structure });
    expect(plan.running).toEqual([{ id: running.id, title: 'Runs' }]);
    const { fingerprint } = plan;
    await expect(own.provenance.delete({ id: made.structure, fingerprint })).rejects.toThrow(/“Runs” would go/);
    await expect(remove(own, made.bandsResult)).resolves.toEqual({ values: 4, processes: 3 });
  });

  test('keeps what another calculation waits for', async () => {
    const own = await project();
    const made = await makeCalculation(own.actor);
    const waiting = await makeCalculation(own.actor, { isStill: false, label: 'Waits' });
    await db().calculationWait.create({ data: { calculationId: waiting.id, afterId: made.id } });
    expect((await own.provenance.planDeletion({ id: made.scf })).running).toEqual([{ id: waiting.id, title: 'Waits' }]);
    await expect(remove(own, made.scf)).rejects.toThrow(/“Waits” would go with it or waits for it/);
    await db().calculationWait.updateMany({ where: { afterId: made.id }, data: { metAt: new Date() } });
    await expect(remove(own, made.scf)).resolves.toEqual({ values: 4, processes: 3 });
    expect(await db().process.count({ where: { calculationId: waiting.id } })).toBe(3);
  });

  test('is nothing of another project’s, and nothing for who may only read', async () => {
    const own = await project();
    const made = await makeCalculation(own.actor);
    const stranger = await project();
    await expect(stranger.provenance.planDeletion({ id: made.bands })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { userId, projectId } = own.actor;
    await db().membership.update({ where: { userId_projectId: { userId, projectId } }, data: { role: 'viewer' } });
    await expect(own.provenance.planDeletion({ id: made.bands })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('what it came from', () => {
  test('goes on demand where nothing else uses it', async () => {
    const own = await project();
    const first = await makeCalculation(own.actor, { label: 'First' });
    const second = await makeCalculation(own.actor, { label: 'Second' });
    await link('input', second.id, first.bandsResult);
    const plan = await own.provenance.planDeletion({ id: second.bands });
    expect(plan).toMatchObject({ values: 4, processes: 3, unusedAncestors: 9 });
    const withAll = await own.provenance.planDeletion({ id: second.bands, withAncestors: true });
    expect(withAll).toMatchObject({ values: 10, processes: 6, unusedAncestors: 0 });
    expect(withAll.structures).toHaveLength(2);
    // A group uses one of its results, and so the whole calculation and its structure.
    const { id: groupId } = await own.groups.create({ name: 'figures' });
    await own.groups.add({ groupId, nodeIds: [first.scfResult] });
    expect(await own.provenance.planDeletion({ id: second.bands, withAncestors: true })).toMatchObject({
      ...{ values: 5, processes: 3 },
      structures: [{ id: second.structureId }],
    });
    await own.groups.remove({ groupId });
    const third = await makeCalculation(own.actor, { label: 'Third' });
    await link('input', third.id, first.density);
    expect(await remove(own, second.bands, true)).toEqual({ values: 5, processes: 3 });
    expect(await remove(own, third.bands, true)).toEqual({ values: 10, processes: 6 });
    expect(await graphOf(own.actor)).toEqual({ data: [], processes: [], links: [] });
  });
});

describe('files', () => {
  test('that nothing names any more go with the sweep, those of others stay; run folders go', async () => {
    const own = await project();
    const made = await makeCalculation(own.actor, { label: 'Unique' });
    const other = await makeCalculation(own.actor, { label: 'Stays' });
    const shared = await putBlob(db(), Buffer.from('a density of Unique'));
    for (const dataNodeId of [made.density, other.density])
      await db().dataNodeFile.create({
        data: { dataNodeId, name: 'shared', sha256: shared.sha256, mediaType: 'text/plain' },
      });
    await db().$executeRaw`UPDATE "Blob" SET "createdAt" = now() - interval '2 days'`;
    const run = join(platform.dataFolder, 'runs', made.scf);
    mkdirSync(run, { recursive: true });
    const files = () =>
      readdirSync(join(platform.dataFolder, 'blobs'), { recursive: true, withFileTypes: true }).filter((e) =>
        e.isFile(),
      ).length;
    await sweepBlobs(db());
    const before = { rows: await db().blob.count(), files: files() };
    const plan = await own.provenance.planDeletion({ id: made.bands });
    expect(plan.fileBytes).toBe('density of Unique'.length + 'bands of Unique'.length);
    await remove(own, made.bands);
    expect({ rows: await db().blob.count(), files: files() }).toEqual({
      rows: before.rows - 2,
      files: before.files - 2,
    });
    expect(await db().blob.count({ where: { sha256: shared.sha256 } })).toBe(1);
    expect(existsSync(run)).toBe(false);
  });
});

/** Every link of every process that stays is there as it was: nothing is half. */
describe('in graphs made at random', () => {
  test.each(Array.from({ length: 12 }, (_, seed) => [seed]))(
    'nothing that stays loses a link, seed %i',
    async (seed) => {
      const own = await project();
      const { projectId } = own.actor;
      const random = createRandom(seed + 1);
      const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)]!;
      const data: string[] = [];
      const value = async () => {
        const made = await db().dataNode.create({ data: { projectId, kind: 'density', schemaVersion: 1 } });
        data.push(made.id);
        return made.id;
      };
      for (let i = 0; i < 3; i++) await value();
      const processes: string[] = [];
      for (let i = 0; i < 8; i++) {
        const made = await makeCalculation(own.actor, { label: `${i}` });
        const older = [...data];
        for (const process of [made.id, made.scf, made.bands]) {
          if (random() < 0.5) await link('input', process, pick(older));
          if (random() < 0.2) await link('return', process, pick(older));
          if (random() < 0.5) await link('create', process, await value());
          processes.push(process);
        }
      }
      const before = await graphOf(own.actor);
      const gone = await remove(own, pick([...data, ...processes]), random() < 0.5);
      const after = await graphOf(own.actor);
      expect(after.data.length + after.processes.length).toBe(
        before.data.length + before.processes.length - gone.values - gone.processes,
      );
      const stays = new Set(after.processes.map(({ id }) => id));
      expect(after.links).toEqual(before.links.filter(({ processId }) => stays.has(processId)));
      expect(after.processes).toEqual(before.processes.filter(({ id }) => stays.has(id)));
    },
  );
});
