import { text as readAll } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { NotebookSession } from '@/server/runtime/notebook/session';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import type { StreamOutput } from '@/server/schemas/notebook/state';
import { sourceOf } from '@/server/schemas/notebook/text';
import { createNotebook } from '@/server/services/notebooks/create-notebook';
import { exportNotebook } from '@/server/services/notebooks/export-notebook';
import { openBlob } from '@/server/services/notebooks/open-blob';
import { makeActor, startTestPlatform, type TestPlatform } from '../../platform';
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

async function openSession(id: string): Promise<NotebookSession> {
  const session = await NotebookSession.open(host.host, id);
  open.push(session);
  return session;
}

async function openNew(): Promise<{ id: string; session: NotebookSession; tab: Tab }> {
  const { id } = await createNotebook(platform.actor, { spec: 'deno' });
  const session = await openSession(id);
  return { id, session, tab: new Tab(session) };
}

test('a cell runs, its output and its end come to the page, and all of it is stored', async () => {
  const { id, tab } = await openNew();
  const cellId = await tab.run('console.log("hello"); 1 + 1');
  const cell = await tab.ended(cellId);
  expect(cell.run).toMatchObject({ state: 'ok', generation: 1 });
  expect(cell.executionCount).toBe(1);
  expect(printed(cell)).toContain('hello');
  expect(cell.outputs).toContainEqual(
    expect.objectContaining({ kind: 'data', isResult: true, data: expect.objectContaining({}) }),
  );
  expect(tab.state.runtime).toMatchObject({ state: 'ready', info: { language: 'typescript' } });
  await sleep(150);
  const stored = await loadNotebook(db(), id);
  expect(stored.state).toEqual(tab.state);
  expect(sourceOf(stored.doc, cellId)).toBe('console.log("hello"); 1 + 1');
});

test('two pages that type and move cells at once end with the same notebook, and no letter is lost', async () => {
  const { session, tab: one } = await openNew();
  const two = new Tab(session);
  const [cellId] = one.state.order as [string];
  for (let i = 0; i < 20; i++)
    await Promise.all([
      one.type(cellId, `${one.source(cellId)}a`),
      two.type(cellId, `b${two.source(cellId)}`),
      one.send({ kind: 'insert', cellId: `one-${i}`, after: cellId, type: 'code' }),
      two.send({ kind: 'insert', cellId: `two-${i}`, after: cellId, type: 'markdown' }),
    ]);
  expect(one.source(cellId)).toBe('b'.repeat(20) + 'a'.repeat(20));
  expect(two.source(cellId)).toBe(one.source(cellId));
  expect(one.state).toEqual(two.state);
  expect(one.state.order).toHaveLength(41);
});

test('what is sent twice, because the answer was lost, counts once', async () => {
  const { session, tab } = await openNew();
  const sent = {
    client: tab.client,
    operations: [{ sequence: 1, operation: { kind: 'insert', cellId: 'x', after: null, type: 'code' } as const }],
  };
  await session.receive(sent);
  await tab.send({ kind: 'delete', cellIds: ['nothing'] });
  await session.receive(sent);
  expect(tab.state.order.filter((id) => id === 'x')).toHaveLength(1);
});

test('output that comes while no page is open is there when one comes back, from where it was', async () => {
  const { session, tab } = await openNew();
  const cellId = await tab.run(
    'for (let i = 0; i < 20; i++) { console.log(i); await new Promise(r => setTimeout(r, 20)); }',
  );
  await tab.until(() => printed(tab.cell(cellId)) !== '');
  tab.disconnect();
  const before = tab.messages.length;
  await sleep(100);
  expect(tab.messages.length).toBe(before);
  await new Tab(session).ended(cellId);
  tab.connect();
  expect(tab.messages.slice(before).some(({ kind }) => kind === 'all')).toBe(false);
  expect(printed(tab.cell(cellId)).trim().split('\n').map(Number)).toEqual([...Array(20).keys()]);
});

test('cells wait in their order; an interrupt stops the one that runs and takes back the others; variables stay', async () => {
  const { tab } = await openNew();
  await tab.ended(await tab.run('let kept = 42;'));
  const endless = await tab.run('while (true) {}');
  const next = await tab.run('console.log("next")');
  await tab.until(() => tab.cell(endless).run.state === 'running');
  expect(tab.state.queue).toEqual([next]);
  await tab.send({ kind: 'interrupt' });
  expect((await tab.ended(endless)).run.state).toBe('interrupted');
  expect(tab.cell(next).run.state).toBe('idle');
  expect(printed(await tab.ended(await tab.run('console.log(kept)')))).toBe('42\n');
});

test('a cell that is run the moment it was typed runs once', async () => {
  const { tab } = await openNew();
  await tab.ended(await tab.run('let times = 0;'));
  await tab.ended(await tab.run('times += 1;'));
  expect(printed(await tab.ended(await tab.run('console.log(times)')))).toBe('1\n');
});

test('a cell runs as it was when it was queued', async () => {
  const { tab } = await openNew();
  const slow = await tab.run('await new Promise(r => setTimeout(r, 300))');
  const queued = await tab.run('console.log("as queued")');
  await tab.type(queued, 'console.log("edited")');
  await tab.ended(slow);
  expect(printed(await tab.ended(queued))).toBe('as queued\n');
  expect(tab.source(queued)).toBe('console.log("edited")');
});

test('an error ends the cell and what waits; its trace is readable', async () => {
  const { tab } = await openNew();
  const bad = await tab.run('throw new RangeError("too far")');
  const next = await tab.run('1');
  const cell = await tab.ended(bad);
  expect(cell.run.state).toBe('error');
  expect(cell.outputs).toContainEqual(
    expect.objectContaining({ kind: 'error', name: expect.stringContaining('Error') }),
  );
  expect(JSON.stringify(cell.outputs)).toContain('too far');
  await tab.until(() => tab.state.running === null);
  expect(['idle', 'ok']).toContain(tab.cell(next).run.state);
});

test('a kernel that dies says so at the cell, and the next run starts another', async () => {
  const { tab } = await openNew();
  const fatal = await tab.run('console.log("before"); await new Promise(r => setTimeout(r, 200)); Deno.exit(3)');
  expect((await tab.ended(fatal)).run.state).toBe('died');
  expect(printed(tab.cell(fatal))).toBe('before\n');
  expect(tab.state.runtime.message).toMatch(/ended/);
  const after = await tab.ended(await tab.run('console.log("again")'));
  expect(after.run).toMatchObject({ state: 'ok', generation: 2 });
});

test('of 100,000 lines head and tail are kept, in few operations, and all of them can be fetched', async () => {
  const { id, tab } = await openNew();
  const cellId = await tab.run(
    // A hundred lines a message: how fast a kernel sends is not what is tested here.
    'for (let i = 0; i < 100000; i += 100) console.log(Array.from({ length: 100 }, (_, k) => "line " + (i + k)).join("\\n"))',
  );
  const cell = await tab.ended(cellId, 60_000);
  const stream = cell.outputs[0] as StreamOutput;
  expect(cell.outputs).toHaveLength(1);
  expect(stream.head.startsWith('line 0\nline 1\n')).toBe(true);
  expect(stream.tail.endsWith('line 99999\n')).toBe(true);
  expect(`${stream.head}${stream.tail}`.split('\n').length - 1 + stream.leftOut!.lines).toBe(100_000);
  expect(stream.all!.isWhole).toBe(true);
  await sleep(150);
  const rows = await db().notebookOperation.findMany({ where: { notebookId: id } });
  expect(JSON.stringify(rows).length).toBeLessThan(2_000_000);
  const { stream: bytes } = await openBlob(platform.actor, { id, sha256: stream.all!.blob });
  const text = await readAll(bytes);
  expect(text.split('\n')).toHaveLength(100_001);
  const stranger = { ...(await makeActor('Eve')) };
  await expect(openBlob(stranger, { id, sha256: stream.all!.blob })).rejects.toMatchObject({ code: 'not-found' });
  const { text: file } = await exportNotebook(platform.actor, { id, format: 'ipynb' });
  expect(JSON.parse(file).cells[1].outputs[0].text).toHaveLength(100_000);
});

test('a large picture is a blob that the notebook uses, and comes back whole in the file', async () => {
  const { id, tab } = await openNew();
  const cell = await tab.ended(
    await tab.run(
      'await Deno.jupyter.display({ "image/png": btoa("x".repeat(60000)), "text/plain": "small" }, { raw: true })',
    ),
  );
  expect(cell.outputs).toMatchObject([
    { data: { 'image/png': { bytes: 60_000, encoding: 'base64' }, 'text/plain': { inline: 'small' } } },
  ]);
  await sleep(150);
  const { text } = await exportNotebook(platform.actor, { id, format: 'ipynb' });
  expect(JSON.parse(text).cells[1].outputs[0].data['image/png']).toBe(btoa('x'.repeat(60_000)));
});

test('a cell that asks gets the answer, which is kept nowhere', async () => {
  const { id, tab } = await openNew();
  const cellId = await tab.run('console.log("got", prompt("Name?"))');
  await tab.until(() => tab.state.question !== null);
  expect(tab.state.question).toMatchObject({ cellId, prompt: expect.stringContaining('Name?') });
  await tab.send({ kind: 'answer', text: 'Marie-Secret' });
  expect(printed(await tab.ended(cellId))).toContain('got Marie-Secret');
  await sleep(150);
  const rows = await db().notebookOperation.findMany({ where: { notebookId: id } });
  const answers = rows.filter(({ data }) => JSON.stringify(data).includes('"answer"'));
  expect(answers).toHaveLength(1);
  expect(JSON.stringify(answers)).not.toContain('Marie');
});

test('when the process that owns it is killed, a running cell says so, and no text and no stored output is lost', async () => {
  const { id, tab } = await openNew();
  const done = await tab.run('console.log("done")');
  await tab.ended(done);
  const running = await tab.run('console.log("half"); await new Promise(r => setTimeout(r, 60000))');
  await tab.until(() => printed(tab.cell(running)) === 'half\n');
  await sleep(150);
  const waiting = await tab.run('1');
  // As after a kill: another process takes the lease, this one never wrote that anything ended.
  await host.end();
  const gone = host;
  host = await makeHost();
  await tab.type(done, 'lost?').catch(() => undefined);
  expect(gone.hasLostLease()).toBe(true);
  const later = new Tab(await openSession(id));
  expect(later.cell(running).run.state).toBe('lost');
  expect(printed(later.cell(running))).toBe('half\n');
  expect(later.cell(waiting).run.state).toBe('idle');
  expect(later.source(running)).toContain('half');
  expect(printed(later.cell(done))).toBe('done\n');
  expect(later.state.runtime.state).toBe('died');
  expect(printed(await later.ended(await later.run('console.log("anew")')))).toBe('anew\n');
});

test('after many operations it is opened from a snapshot, and old operations are gone', async () => {
  const { id, session, tab } = await openNew();
  const [cellId] = tab.state.order as [string];
  for (let i = 0; i < 1000; i++) {
    const stored = tab.type(cellId, `${tab.source(cellId)}${i % 10}`);
    if (i % 50 === 0) await stored;
  }
  await tab.send({ kind: 'clear', cellIds: null });
  await session.close();
  const rows = await db().notebookOperation.count({ where: { notebookId: id } });
  expect(rows).toBeLessThan(900);
  const { state, doc } = await loadNotebook(db(), id);
  expect(sourceOf(doc, cellId)).toHaveLength(1000);
  expect(state.number).toBe(tab.state.number);
});
