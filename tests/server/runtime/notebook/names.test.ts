import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { NotebookSession } from '@/server/runtime/notebook/session';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import { sourceHash } from '@/server/schemas/notebook/source-hash';
import { staleCells } from '@/server/schemas/notebook/stale';
import { createNotebook } from '@/server/services/notebooks/create-notebook';
import { startTestPlatform, type TestPlatform } from '../../platform';
import { makeHost, printed, Tab } from './notebooks';

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

async function openTab(id?: string): Promise<{ id: string; tab: Tab }> {
  const notebookId = id ?? (await createNotebook(platform.actor, { spec: 'deno' })).id;
  const session = await NotebookSession.open(host.host, notebookId);
  open.push(session);
  return { id: notebookId, tab: new Tab(session) };
}

const stale = (tab: Tab) => [...staleCells(tab.state, (id) => sourceHash(tab.source(id))).keys()];

const runAgain = (tab: Tab, cellId: string) =>
  tab.send({ kind: 'run', runs: [{ cellId, runId: randomUUID(), source: tab.source(cellId) }] });

test('names follow the text without a run, are told only where they change, and are stored', async () => {
  const { id, tab } = await openTab();
  const [cellId] = tab.state.order as [string];
  await tab.type(cellId, 'const a = b');
  await tab.until(() => tab.state.cells[cellId]!.names?.defines.join() === 'a');
  expect(tab.state.cells[cellId]!.names).toEqual({ defines: ['a'], uses: ['b'] });
  const { number } = tab.state;
  await tab.type(cellId, 'const a = b + 1');
  await sleep(600);
  expect(tab.state.number).toBe(number + 1);
  expect((await loadNotebook(db(), id)).state.cells[cellId]!.names).toEqual({ defines: ['a'], uses: ['b'] });
  await tab.send({ kind: 'type', cellId, type: 'markdown' }, { kind: 'type', cellId, type: 'code' });
  await tab.type(cellId, '');
  await tab.until(() => tab.state.cells[cellId]!.names?.defines.length === 0);
});

test('a cell that uses a name is stale when the one that gives it has run again; it runs by itself only where that is wanted', async () => {
  const { tab } = await openTab();
  const first = await tab.run('const a = Math.random()');
  await tab.ended(first);
  const second = await tab.run('console.log("a is", a)');
  await tab.ended(second);
  expect(stale(tab)).toEqual([]);
  const before = printed(tab.state.cells[second]!);

  await runAgain(tab, first);
  await tab.until(() => stale(tab).length > 0);
  expect(stale(tab)).toEqual([second]);
  await sleep(300);
  expect(printed(tab.state.cells[second]!)).toBe(before);

  await tab.send({ kind: 'automatic', isOn: true });
  await runAgain(tab, first);
  await tab.until(() => tab.state.running === null && stale(tab).length === 0);
  expect(printed(tab.state.cells[second]!)).not.toBe(before);
  expect(tab.state.isAutomatic).toBe(true);

  await tab.type(second, 'console.log("a is now", a)');
  await runAgain(tab, first);
  await sleep(500);
  expect(stale(tab)).toEqual([second]);
  expect(printed(tab.state.cells[second]!)).not.toContain('now');
});
