import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { serve } from '@/server/runtime/host/serve';
import { Sessions } from '@/server/runtime/host/sessions';
import type { AppVisit } from '@/server/schemas/app/apps';
import type { DataOutput, NotebookState } from '@/server/schemas/notebook/state';
import { VISITS_MAX } from '@/server/services/apps/open-app';
import { ensurePlatformApps } from '@/server/services/apps/platform-apps';
import { addVisitFile } from '@/server/services/apps/visit-files';
import { makeActor, startTestPlatform, type TestPlatform } from './platform';
import { ensurePrograms } from './programs';
import { makeHost } from './runtime/notebook/notebooks';

let platform: TestPlatform;
let host: Awaited<ReturnType<typeof makeHost>>;
let sessions: Sessions;
let server: Awaited<ReturnType<typeof serve>>['server'];
let owner: ReturnType<typeof createCaller>;
/** Nobody follows what the tests open: only in its own test is it lost. */
const times = { closedMs: 300, lostMs: 600_000, unusedMs: 600_000 };
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  host = await makeHost();
  sessions = new Sessions(host.host, times);
  const served = await serve(async () => sessions);
  server = served.server;
  await db().runtimeHost.updateMany({ where: { id: host.host.id }, data: { port: served.port } });
  owner = createCaller({ actor: platform.actor });
});
afterAll(async () => {
  await sessions?.close();
  server?.closeAllConnections();
  server?.close();
  await host?.end();
  await platform?.stop();
});

const code = (id: string, source: string) => ({
  ...{ cell_type: 'code', id, metadata: {}, source, outputs: [], execution_count: null },
});

async function make(sources: string[], name: string, spec = 'deno') {
  const cells = sources.map((source, i) => code(`c${i}`, source));
  const metadata = {
    kernelspec: { name: spec, display_name: spec, language: spec === 'deno' ? 'typescript' : 'python' },
  };
  const file = { nbformat: 4, nbformat_minor: 5, metadata, cells };
  const { id } = await owner.notebooks.import({ name: 'Doubling', text: JSON.stringify(file) });
  const words = { title: 'Doubling', description: 'Doubles a number.', category: 'teaching' as const };
  await owner.apps.publish({ id, name, ...words });
  return { id, name, words };
}

const input = 'const n = 4; // @input {"kind": "slider", "min": 1, "max": 9, "step": 1}';

async function untilIdle(id: string): Promise<NotebookState> {
  for (let i = 0; i < 600; i++) {
    const { state } = await owner.apps.visit({ id });
    if (state.running === null && state.queue.length === 0) return state;
    await sleep(50);
  }
  throw new Error('the app did not end');
}

const shown = (state: NotebookState, cellId: string): string =>
  state.cells[cellId]!.outputs.flatMap((output) =>
    output.kind === 'data' ? [(output as DataOutput).data['text/plain']!] : [],
  )
    .map((value) => ('inline' in value ? String(value.inline) : ''))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
    .map((text) => text.replace(/\x1b\[\d+m/g, ''))
    .join(' ');

async function run(visit: AppVisit, values: Record<string, string | number | null>): Promise<NotebookState> {
  await owner.apps.run({ id: visit.id, values });
  return untilIdle(visit.id);
}

test('a value goes in as a literal, and only what depends on it runs again', async () => {
  const { name } = await make(
    [
      'globalThis.setups = (globalThis.setups ?? 0) + 1;\nconst base = 100;',
      input,
      '[n, base + 2 * n, globalThis.setups].join(" ")',
    ],
    'doubling',
  );
  const visit = await owner.apps.open({ name });
  expect(visit.state.cells['c2']!.outputs).toEqual([]);
  expect(shown(await run(visit, {}), 'c2')).toBe('"4 108 1"');
  const second = await run(visit, { n: 7 });
  expect(shown(second, 'c2')).toBe('"7 114 1"');
  expect(second.cells['c0']!.executionCount).toBe(1);
  expect(shown(await run(visit, { n: 7 }), 'c2')).toBe('"7 114 1"');
  for (const n of [0, 2.5, '7', '7; throw 1'])
    await expect(owner.apps.run({ id: visit.id, values: { n } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await owner.apps.leave({ id: visit.id });
});

test('two visitors share nothing, and neither touches the notebook', async () => {
  const { id, name } = await make([input, 'globalThis.seen = (globalThis.seen ?? 0) + n; globalThis.seen'], 'apart');
  const [one, two] = [await owner.apps.open({ name }), await owner.apps.open({ name })];
  expect(shown(await run(one, { n: 2 }), 'c1')).toBe('2');
  expect(shown(await run(one, { n: 3 }), 'c1')).toBe('5');
  expect(shown(await run(two, { n: 9 }), 'c1')).toBe('9');
  const { state } = await owner.notebooks.get({ id });
  expect(Object.values(state.cells).every((cell) => cell.run.state === 'idle')).toBe(true);
  const listed = (await owner.notebooks.list({ limit: 100 })).items.map((item) => item.id);
  expect(listed).toContain(id);
  expect(listed).not.toContain(one.id);
  await expect(owner.notebooks.get({ id: one.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a visitor gives values and nothing else', async () => {
  const { name } = await make([input], 'closed');
  const { id } = await owner.apps.open({ name });
  const runs = [{ cellId: 'c0', runId: randomUUID(), source: 'Deno.exit()' }];
  const operations = [{ sequence: 1, operation: { kind: 'run' as const, runs } }];
  await expect(owner.apps.act({ id, client: randomUUID(), operations })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(owner.notebooks.change({ id, client: randomUUID(), operations })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const colleague = await makeActor('Bob');
  await db().membership.create({
    data: { userId: colleague.userId, projectId: platform.actor.projectId, role: 'member' },
  });
  const other = createCaller({ actor: { ...colleague, projectId: platform.actor.projectId } });
  await expect(other.apps.visit({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(other.apps.unpublish({ name })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('what is published stays until it is published anew', async () => {
  const { id, name, words } = await make(['1 + 1'], 'pinned');
  const session = await sessions.get(id);
  await session.receive({
    client: randomUUID(),
    operations: [{ sequence: 1, operation: { kind: 'delete', cellIds: ['c0'] } }],
  });
  expect((await owner.apps.get({ name })).file.cells).toHaveLength(1);
  expect(await owner.apps.preview({ id })).toMatchObject({ isOutdated: true, published: { version: 1 } });
  await owner.apps.publish({ id, name, ...words });
  expect(await owner.apps.get({ name })).toMatchObject({ version: 2, file: { cells: [] } });
  expect(await owner.apps.preview({ id })).toMatchObject({ isOutdated: false });
  await owner.apps.unpublish({ name });
  await expect(owner.apps.get({ name })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('an input that cannot be read is not published, and an address is given once', async () => {
  await expect(make(['const n = 1 + 1; // @input {"kind": "number"}'], 'faulty')).rejects.toThrow(/Cell 1, line 1/);
  await make(['1'], 'taken');
  await expect(make(['2'], 'taken')).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a file lies where the cells find it, under a plain name', async () => {
  const { name } = await make(
    [
      'const file: string | null = null; // @input {"kind": "file", "accept": [".txt"]}',
      'file === null ? "none" : Deno.readTextFileSync(file)',
    ],
    'reader',
  );
  const visit = await owner.apps.open({ name });
  expect(shown(await run(visit, {}), 'c1')).toBe('"none"');
  const bytes = Buffer.from('hello');
  const { path } = await addVisitFile(platform.actor, { id: visit.id, name: '../../et$c/my file.txt', bytes });
  expect(path).toBe('inputs/my file.txt');
  expect(shown(await run(visit, { file: path }), 'c1')).toBe('"hello"');
  await expect(owner.apps.run({ id: visit.id, values: { file: 'inputs/other.txt' } })).rejects.toThrow(/not here/);
});

test('a structure is one of the project or an example', async () => {
  const { name } = await make(['const c = "silicon"; // @input {"kind": "structure"}', 'c'], 'chooser');
  const visit = await owner.apps.open({ name });
  const { id } = await owner.structures.createFromExample({ exampleId: 'copper' });
  expect(shown(await run(visit, { c: id }), 'c1')).toBe(`"${id}"`);
  for (const c of [randomUUID(), 'no-such-crystal'])
    await expect(owner.apps.run({ id: visit.id, values: { c } })).rejects.toThrow(/no structure/);
});

test('Python takes values too', async () => {
  const { name } = await make(
    ['flag = True  # @input {"kind": "checkbox"}\ntext = "a"  # @input {"kind": "text"}', '(flag, text)'],
    'python-values',
    'python3',
  );
  const visit = await owner.apps.open({ name });
  await owner.apps.run({ id: visit.id, values: { flag: false, text: `"'\\\n"` } });
  expect(shown(await untilIdle(visit.id), 'c1')).toBe(`(False, '"\\'\\\\\\n"')`);
});

test('places are limited, a place that was left becomes free, and the app says so when it is full', async () => {
  await sleep(400);
  await sessions.tidy();
  const { name } = await make(['1'], 'crowded');
  const opened: string[] = [];
  const open = await db().notebook.count({ where: { visitOfId: { not: null } } });
  for (let i = open; i < VISITS_MAX; i++) opened.push((await owner.apps.open({ name })).id);
  await expect(owner.apps.open({ name })).rejects.toThrow(/12 places .* taken/);
  const left = opened[0]!;
  await owner.apps.leave({ id: left });
  await sleep(400);
  await sessions.tidy();
  await expect(owner.apps.visit({ id: left })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await owner.apps.open({ name });
  await db().notebook.updateMany({ where: { visitOfId: { not: null } }, data: { updatedAt: new Date(0) } });
  times.lostMs = 100;
  await sleep(200);
  await sessions.tidy();
  expect(await db().notebook.count({ where: { visitOfId: { not: null } } })).toBe(0);
});

test('the platform brings the equation of state, and an app of the project with that address hides it', async () => {
  await ensurePlatformApps();
  await ensurePlatformApps();
  const shipped = await owner.apps.get({ name: 'equation-of-state' });
  expect(shipped).toMatchObject({ author: 'Brine', version: 1, runs: 'button', isMine: false });
  expect(shipped.inputs.map(({ name, widget }) => [name, widget.kind])).toContainEqual(['crystal', 'structure']);
  await make(['1'], 'equation-of-state');
  expect((await owner.apps.get({ name: 'equation-of-state' })).title).toBe('Doubling');
  expect((await owner.apps.list({})).filter(({ name }) => name === 'equation-of-state')).toHaveLength(1);
  expect(await owner.apps.list({ text: 'doubles NUMBER', category: 'teaching' })).not.toEqual([]);
  expect(await owner.apps.list({ text: '100%' })).toEqual([]);
});
