import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { NotebookSession } from '@/server/runtime/notebook/session';
import { keepText } from '@/server/runtime/store/large-values';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import { dropUnusedBlobs } from '@/server/runtime/store/save-snapshot';
import { loadVersion, storeVersion } from '@/server/runtime/store/versions';
import type { NotebookState, Output } from '@/server/schemas/notebook/state';
import { createNotebook } from '@/server/services/notebooks/create-notebook';
import { diffVersions } from '@/server/services/notebooks/diff-versions';
import { importNotebook } from '@/server/services/notebooks/import-notebook';
import { removeVersion } from '@/server/services/notebooks/keep-versions';
import { listVersions } from '@/server/services/notebooks/list-versions';
import { startTestPlatform, type TestPlatform } from '../../platform';
import { makeHost, Tab } from './notebooks';

let platform: TestPlatform;
let host: Awaited<ReturnType<typeof makeHost>>;
const open: NotebookSession[] = [];
beforeAll(async () => {
  platform = await startTestPlatform();
  host = await makeHost();
});
afterAll(async () => {
  await Promise.allSettled(open.map((session) => session.close()));
  await host?.end();
  await platform?.stop();
});

/** A notebook with the cells a, b and c, the second with an output. */
async function openThree() {
  const output = { output_type: 'stream', name: 'stdout', text: 'put out\n' };
  const cells = [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: '# Title' },
    {
      cell_type: 'code',
      id: 'b',
      metadata: { tags: ['x'] },
      source: 'one\ntwo',
      outputs: [output],
      execution_count: 3,
    },
    { cell_type: 'code', id: 'c', metadata: {}, source: 'last', outputs: [], execution_count: null },
  ];
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { own: 1, kernelspec: { name: 'deno' } },
    cells,
  });
  const { id } = await importNotebook(platform.actor, { name: 'three', text });
  const session = await NotebookSession.open(host.host, id);
  open.push(session);
  return { id, session, one: new Tab(session), two: new Tab(session) };
}

const list = (id: string) => listVersions(platform.actor, { id, limit: 100, cursor: null });
/** What the server reads from texts comes a moment later. */
const withoutNames = ({ cells }: NotebookState) => Object.values(cells).map(({ names: _, ...cell }) => cell);
const sources = (tab: Tab) => tab.state.order.map((cellId) => [cellId, tab.source(cellId)]);

test('going back to a version brings back cells, order, texts, outputs and metadata, in all pages alike', async () => {
  const { id, session, one, two } = await openThree();
  const before = one.state;
  const versionId = await session.versions.save('as it came', platform.actor.userId);
  await one.type('b', 'one\nthree');
  await one.send(
    { kind: 'move', cellId: 'c', after: null },
    { kind: 'delete', cellIds: ['a'] },
    { kind: 'clear', cellIds: null },
    { kind: 'type', cellId: 'c', type: 'raw' },
    { kind: 'metadata', cellId: null, changes: { own: 2, more: true } },
    { kind: 'insert', cellId: 'd', after: 'b', type: 'code' },
  );
  await session.versions.restore(versionId, platform.actor.userId);
  for (const tab of [one, two]) {
    expect(sources(tab)).toEqual([
      ['a', '# Title'],
      ['b', 'one\ntwo'],
      ['c', 'last'],
    ]);
    expect(withoutNames(tab.state)).toEqual(withoutNames(before));
    expect(tab.state.metadata).toEqual(before.metadata);
  }
  await one.until(() => one.state.order.every((cellId) => one.cell(cellId).type !== 'code' || one.cell(cellId).names));
  const stored = await loadNotebook(db(), id);
  expect(withoutNames(stored.state)).toEqual(withoutNames(one.state));
});

test('what stood there before is a version, so that going back can be taken back; cells and outputs return', async () => {
  const { id, session, one } = await openThree();
  const versionId = await session.versions.save('first', platform.actor.userId);
  await one.type('c', 'changed');
  await one.send({ kind: 'delete', cellIds: ['b'] }, { kind: 'insert', cellId: 'd', after: 'c', type: 'markdown' });
  await one.type('d', 'new text');
  const { before } = await session.versions.restore(versionId, platform.actor.userId);
  expect(sources(one)[2]).toEqual(['c', 'last']);
  await session.versions.restore(before, platform.actor.userId);
  expect(sources(one)).toEqual([
    ['a', '# Title'],
    ['c', 'changed'],
    ['d', 'new text'],
  ]);
  const kinds = (await list(id)).items.map(({ kind, by, changedCells }) => [kind, by !== null, changedCells]);
  expect(kinds).toEqual([
    ['before-restore', true, 3],
    ['before-restore', true, 3],
    ['named', true, 3],
  ]);
});

test('no letter that is typed while a version is brought back is lost: it is in the notebook, or in the version before', async () => {
  const { id, session, one, two } = await openThree();
  const versionId = await session.versions.save('start', platform.actor.userId);
  await one.send({ kind: 'insert', cellId: 'later', after: 'c', type: 'code' });
  const typing = (async () => {
    for (let i = 0; i < 60; i++) {
      if (two.state.cells['b']) await two.type('b', `${two.source('b')}<${i}>`);
      await two.type('later', `${two.source('later')}<${i}>`);
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { before } = await session.versions.restore(versionId, platform.actor.userId);
  await typing;
  const kept = await loadVersion(db(), id, before);
  for (const cellId of ['b', 'later']) {
    const all = `${kept.cells.find((cell) => cell.id === cellId)?.source}${one.source(cellId)}`;
    for (let i = 0; i < 60; i++) expect(all).toContain(`<${i}>`);
  }
  // The cell that the version does not have came back, for somebody still typed into it.
  expect(one.state.order).toContain('later');
  expect(two.state).toEqual(one.state);
});

test('a page that had not heard of it types into a removed cell: the cell is there again, in all pages', async () => {
  const { session, one, two } = await openThree();
  const versionId = await session.versions.save('start', platform.actor.userId);
  await one.send({ kind: 'insert', cellId: 'later', after: 'a', type: 'code' });
  two.disconnect();
  await session.versions.restore(versionId, platform.actor.userId);
  expect(one.state.order).toEqual(['a', 'b', 'c']);
  await two.type('later', 'precious');
  expect(one.state.order).toEqual(['a', 'later', 'b', 'c']);
  expect(one.source('later')).toBe('precious');
});

test('a cell that runs while a version is brought back goes on, and its output stays with it', async () => {
  const { id, session, one } = await openThree();
  const versionId = await session.versions.save('start', platform.actor.userId);
  const source = `console.log("begun");
    const isThere = () => Deno.stat("go-on").then(() => true, () => false);
    while (!(await isThere())) await new Promise((done) => setTimeout(done, 20));
    console.log("done");`;
  await one.type('c', source);
  await one.send({ kind: 'run', runs: [{ cellId: 'c', runId: randomUUID(), source }] });
  await one.until(() => one.cell('c').outputs.length > 0);
  await session.versions.restore(versionId, platform.actor.userId);
  expect(one.source('c')).toBe('last');
  expect(one.cell('c').run.state).toBe('running');
  writeFileSync(join(env().notebookFolder, id, 'go-on'), '');
  const ended = await one.ended('c');
  expect(ended.outputs).toMatchObject([{ head: 'begun\ndone\n' }]);
}, 120_000);

test('a version keeps the large values that it uses, also when the notebook uses them no more', async () => {
  const { id, session } = await openThree();
  const { blob } = await keepText(db(), id, 'x'.repeat(50_000), 'text');
  const output: Output = {
    ...{ kind: 'data', metadata: {}, isResult: false, executionCount: null, displayId: null },
    data: { 'text/plain': { blob, bytes: 50_000, encoding: 'text' } },
  };
  const packed = { metadata: {}, cells: [], contents: new Map([['h', output]]), blobs: [blob] };
  const version = { notebookId: id, number: 1, kind: 'named' as const, name: 'n', userId: null, packed };
  const versionId = await storeVersion(version);
  await session.close();
  const uses = () => db().notebookBlob.count({ where: { notebookId: id, sha256: blob } });
  expect(await uses()).toBe(1);
  await removeVersion(platform.actor, { id, versionId });
  await dropUnusedBlobs(db(), id);
  expect(await uses()).toBe(0);
  expect(await db().notebookContent.count({ where: { notebookId: id, hash: 'h' } })).toBe(0);
});

test('closing makes a checkpoint of what was changed; opening and closing without a change makes none', async () => {
  const { id, session, one } = await openThree();
  await one.type('c', 'changed');
  one.disconnect();
  await session.close();
  expect((await list(id)).items.map(({ kind }) => kind)).toEqual(['automatic']);
  const again = await NotebookSession.open(host.host, id);
  await again.close();
  expect((await list(id)).items).toHaveLength(1);
});

test('what became of the notebook since a version is told cell by cell, with the words', async () => {
  const { id, session, one } = await openThree();
  const from = await session.versions.save('start', platform.actor.userId);
  await one.type('b', 'one\ntwo and more');
  await one.send({ kind: 'delete', cellIds: ['a'] }, { kind: 'insert', cellId: 'n', after: 'c', type: 'code' });
  const diff = await diffVersions(platform.actor, { id, from, to: null });
  expect(diff.cells.map(({ id: cellId, change }) => [cellId, change])).toEqual([
    ['a', 'removed'],
    ['b', 'changed'],
    ['n', 'added'],
  ]);
  expect(diff.unchanged).toBe(1);
  expect(diff.cells[1]!.lines).toEqual([
    { kind: 'same', parts: [{ text: 'one', isMarked: false }] },
    { kind: 'removed', parts: [{ text: 'two', isMarked: false }] },
    {
      kind: 'added',
      parts: [
        { text: 'two', isMarked: false },
        { text: ' and more', isMarked: true },
      ],
    },
  ]);
});

test('versions go with their notebook', async () => {
  const { id } = await createNotebook(platform.actor, { spec: 'deno' });
  const session = await NotebookSession.open(host.host, id);
  await session.versions.save('only', platform.actor.userId);
  await session.discard();
  await db().notebook.delete({ where: { id } });
  expect(await db().notebookVersion.count({ where: { notebookId: id } })).toBe(0);
  expect(await db().notebookContent.count({ where: { notebookId: id } })).toBe(0);
});
