import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { createCaller } from '@/server/routers';
import type { ExportFormat } from '@/server/schemas/provenance';
import type { Actor } from '@/server/services/actor';
import { contentHash } from '@/server/services/provenance/archive/content-hash';
import { exportNodes } from '@/server/services/provenance/archive/export-nodes';
import type { NodeLine } from '@/server/services/provenance/archive/format';
import { importArchive } from '@/server/services/provenance/archive/import-archive';
import { type NewFile, writeZip } from '@/server/services/provenance/archive/write-zip';
import { openNodeFile } from '@/server/services/provenance/open-node-file';
import { listZip } from '@/server/services/pseudopotentials/archive/zip';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { silicon } from '../workflows/workers';
import { type MadeCalculation, makeCalculation } from './graphs';

let platform: TestPlatform;
let folder: string;
let made: MadeCalculation;
let archive: Buffer;
beforeAll(async () => {
  await ensurePrograms();
  folder = mkdtempSync(join(tmpdir(), 'brine-archive-'));
  platform = await startTestPlatform();
  const caller = createCaller({ actor: platform.actor });
  const { id: structureId } = await caller.structures.import({ text: JSON.stringify(silicon) });
  made = await makeCalculation(platform.actor, { structureId });
  const draft = { structureId, properties: { bands: {} } };
  await db().calculation.update({ where: { id: made.id }, data: { inputs: { draft, resolved: {} } } });
  await caller.provenance.tag({ id: made.bandsResult, tag: 'figure 2' });
  await caller.provenance.comment({ id: made.bands, body: 'Looks right.' });
  archive = await exported([made.bandsResult], 'archive');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await platform?.stop();
});

const bytesOf = async (stream: Readable) => Buffer.concat(await stream.toArray());
const exported = async (ids: string[], format: ExportFormat, withDescendants = false) =>
  bytesOf((await exportNodes(platform.actor, { ids, format, withDescendants })).stream);
const chunks = async function* (bytes: Buffer) {
  yield bytes;
};
const take = (actor: Actor, bytes: Buffer) => importArchive(actor, chunks(bytes));

async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  const path = join(folder, newId());
  writeFileSync(path, bytes);
  const file = await open(path);
  try {
    const files = new Map<string, Buffer>();
    for (const entry of await listZip(file)) files.set(entry.path, await entry.read());
    return files;
  } finally {
    await file.close();
  }
}

async function pack(files: Iterable<[string, Buffer | string]>): Promise<Buffer> {
  const list = async function* (): AsyncGenerator<NewFile> {
    for (const [path, content] of files) yield { path, bytes: Buffer.from(content) };
  };
  const parts: Buffer[] = [];
  for await (const part of writeZip(list())) parts.push(part);
  return Buffer.concat(parts);
}

/** The archive with some of its lines changed. */
async function changed(name: string, change: (row: Record<string, never>) => unknown): Promise<Buffer> {
  const files = await unpack(archive);
  const rows = files.get(name)!.toString().trim().split('\n');
  files.set(name, Buffer.from(rows.map((row) => JSON.stringify(change(JSON.parse(row)))).join('\n')));
  return pack(files);
}

describe('an archive', () => {
  test('comes to another project as it was: values, files, processes, links, what people said', async () => {
    const ann = await makeActor('Ann');
    const report = await take(ann, archive);
    expect(report).toMatchObject({
      added: { structures: 1, calculations: 1, processes: 4, nodes: 5, links: 9, blobs: 3 },
      merged: 0,
      skipped: [],
    });
    const caller = createCaller({ actor: ann });
    const [root] = report.roots as [string];
    const node = await caller.provenance.get({ id: root });
    expect(node).toMatchObject({ item: { kind: 'bands-result' }, value: { gap: { gapEv: 0.55 }, path: 'GX' } });
    const { stream } = await openNodeFile(ann, { id: root, name: 'bands.txt' });
    expect((await bytesOf(stream)).toString()).toBe('bands of Bands of silicon');
    const shape = async (who: Actor, id: string) => {
      const { items, edges } = await createCaller({ actor: who }).provenance.walk({ id, direction: 'in' });
      const titles = new Map(items.map((item) => [item.id, item.type === 'data' ? item.kind : item.name]));
      return edges.map(({ from, to, kind, name }) => `${titles.get(from)} ${kind} ${name} ${titles.get(to)}`).sort();
    };
    expect(await shape(ann, root)).toEqual(await shape(platform.actor, made.bandsResult));
    expect(await caller.provenance.notes({ id: root })).toMatchObject({ tags: ['figure 2'] });
    const bands = (await caller.provenance.neighbours({ id: root, direction: 'in' })).items[0]!;
    expect((await caller.provenance.notes({ id: bands.id })).comments[0]!.body).toBe('Ada wrote: Looks right.');
    expect((await caller.provenance.query({ text: 'gap.gapEv>0.5' })).items.map(({ id }) => id)).toEqual([root]);
  });

  test('adds nothing the second time, nor where it comes from', async () => {
    const nothing = { structures: 0, calculations: 0, processes: 0, nodes: 0, links: 0, blobs: 0 };
    const bob = await makeActor('Bob');
    await take(bob, archive);
    expect((await take(bob, archive)).added).toEqual(nothing);
    expect(await take(platform.actor, archive)).toMatchObject({
      added: nothing,
      roots: [made.bandsResult],
      skipped: [],
    });
  });

  test('brings no process that a worker would take up, and none whose result a job would take', async () => {
    const running = await changed('processes.jsonl', (row) => ({ ...row, state: 'queued', finishedAt: null }));
    const cleo = await makeActor('Cleo');
    await take(cleo, running);
    const rows = await db().process.findMany({ where: { projectId: cleo.projectId } });
    expect(rows.map((row) => row.state)).toEqual(['killed', 'killed', 'killed', 'killed']);
    expect(rows.every((row) => row.jobKey === null && row.computerId === null)).toBe(true);
  });
});

describe('what is wrong in an archive is left out and told', () => {
  const why = async (bytes: Buffer) => (await take(await makeActor('Dan'), bytes)).skipped.map((one) => one.why);

  test('values and bytes that are not what their hashes say', async () => {
    const forged = await changed('nodes.jsonl', (row) => ({ ...row, value: { gap: { gapEv: 9 } } }));
    expect(await why(forged)).toEqual(expect.arrayContaining(['its content is not what its hash says']));
    const files = await unpack(archive);
    const blob = [...files.keys()].find((path) => path.startsWith('blobs/'))!;
    files.set(blob, Buffer.from('another'));
    expect(await why(await pack(files))).toEqual(['its file does not have the hash that it claims']);
    files.delete(blob);
    expect(await why(await pack(files))).toEqual(['its file is not in the archive']);
  });

  test('values that are none of their kinds; a kind that is not known is taken as it is', async () => {
    const odd = (value: unknown, kind?: string) =>
      changed('nodes.jsonl', (row) => {
        if (row['kind'] !== 'bands-result') return row;
        const line = { ...(row as object), value, ...(kind ? { kind } : {}) } as unknown as NodeLine;
        return { ...line, hash: contentHash(line) };
      });
    const { value } = (await db().dataNode.findUniqueOrThrow({ where: { id: made.bandsResult } })) as { value: object };
    expect(await why(await odd({ ...value, fermiEv: 'high' }))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^it is no bands-result: fermiEv/)]),
    );
    // A long array is a file beside it, which must be there.
    expect(await why(await odd({ ...value, energiesEv: { npy: 'bands.txt' } }))).toEqual([]);
    expect(await why(await odd({ ...value, energiesEv: { npy: 'elsewhere.npy' } }))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^it is no bands-result: energiesEv/)]),
    );
    expect(await why(await odd({ anything: 1 }, 'of-the-future'))).toEqual([]);
    expect(await why(await odd(null, 'structure'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/without one/)]),
    );
  });

  test('bytes are not had by knowing their hash', async () => {
    const files = await unpack(archive);
    for (const path of files.keys()) if (path.startsWith('blobs/')) files.delete(path);
    const eve = await makeActor('Eve');
    await take(eve, await pack(files));
    expect(await db().dataNodeFile.count({ where: { dataNode: { projectId: eve.projectId } } })).toBe(0);
  });

  test('structures that are none, or another', async () => {
    const odd = await changed('structures.jsonl', (row) => ({ ...row, data: { sites: 'none' } }));
    expect(await why(odd)).toEqual(expect.arrayContaining(['it is no structure', 'its structure is missing']));
    const other = await changed('structures.jsonl', (row) => ({ ...row, hash: `s1:${'0'.repeat(64)}` }));
    expect(await why(other)).toEqual(expect.arrayContaining(['it is another than its hash says']));
  });

  test('lines that lie too deep', async () => {
    const files = await unpack(archive);
    const deep = `${`{"value":`.repeat(20_000)}1${'}'.repeat(20_000)}`;
    files.set('nodes.jsonl', Buffer.concat([files.get('nodes.jsonl')!, Buffer.from(`${deep}\n`)]));
    expect(await why(await pack(files))).toEqual(['it is nested more than 200 levels deep']);
  });

  test('lines that are not of the form, links to nowhere, files that nothing uses', async () => {
    const files = await unpack(archive);
    const links = files.get('links.jsonl')!.toString();
    const stray = { kind: 'create', name: 'x', processId: newId(), dataNodeId: newId(), calledId: null };
    const line = JSON.stringify({ ...stray, createdAt: new Date().toISOString() });
    files.set('links.jsonl', Buffer.from(`${links}not JSON\n{"kind":"odd"}\n${line}\n`));
    files.set('run-me.sh', Buffer.from('echo run'));
    expect(await why(await pack(files))).toEqual([
      'it is not JSON',
      expect.stringMatching(/^kind: /),
      'one of its ends is missing',
      'it is no part of the format, or nothing uses it',
    ]);
  });
});

describe('an archive is refused whole', () => {
  const refusal = (bytes: Buffer) =>
    take(platform.actor, bytes).then(
      () => 'taken',
      (err: { code: string; userMessage: string }) => `${err.code}: ${err.userMessage}`,
    );

  test.each(['../outside.txt', '/etc/passwd', 'a/../../b', 'C:\\x', 'a\\..\\b'])(
    'where the path %s leads out of its folder',
    async (path) => {
      expect(await refusal(await pack([...(await unpack(archive)), [path, 'x']]))).toMatch(/leads out of its folder/);
    },
  );

  test('where it holds a link, is a bomb, or is none of ours', async () => {
    const linked = Buffer.from(archive);
    // The attributes of the last entry, the name of which ends the directory: a symbolic link.
    linked.writeUInt32LE((0o120777 << 16) >>> 0, linked.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 38);
    expect(await refusal(linked)).toMatch(/is a link or a device/);
    const bomb = await pack([...(await unpack(archive)), ['zeros', Buffer.alloc(1_000_000)]]);
    // It says that it unpacks to less than it does.
    bomb.writeUInt32LE(10, bomb.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
    const manifestless = await pack([['notes.txt', 'hello']]);
    expect(await refusal(manifestless)).toMatch(/none of ours/);
    expect(await refusal(Buffer.from('no zip'))).toMatch(/ends too early|no zip archive/);
    expect(await refusal(await pack([['manifest.json', '{"format":"brine-archive","version":99}']]))).toMatch(
      /not of a format/,
    );
    const huge = Buffer.from(await pack([...(await unpack(archive)), ['manifest2', 'x']]));
    huge.writeUInt32LE(0xfffffff0, huge.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
    expect(await refusal(huge)).toMatch(/larger than 1024 MB/);
    // A file that nothing uses is not even unpacked.
    expect(await refusal(bomb)).toBe('taken');
    const files = await unpack(archive);
    const lied = await pack([
      ['manifest.json', files.get('manifest.json')!],
      ['nodes.jsonl', ' '.repeat(1_000_000)],
    ]);
    lied.writeUInt32LE(10, lied.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
    expect(await refusal(lied)).toMatch(/nodes.jsonl is damaged/);
  });

  test('by one who may not write, or is no member', async () => {
    const stranger = { ...(await makeActor('Eve')), projectId: platform.actor.projectId };
    await expect(take(stranger, archive)).rejects.toMatchObject({ code: 'not-found' });
    await expect(take({ ...platform.actor, scopes: ['read'] }, archive)).rejects.toMatchObject({ code: 'forbidden' });
    const ids = [made.bandsResult];
    await expect(
      exportNodes(await makeActor('Eve'), { ids, format: 'archive', withDescendants: false }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('with descendants a calculation brings its results', async () => {
  const files = await unpack(await exported([made.id], 'archive', true));
  const kinds = files
    .get('nodes.jsonl')!
    .toString()
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row).kind);
  expect(kinds.sort()).toEqual(['bands-result', 'density', 'scf-result', 'settings', 'structure', 'structure-file']);
});

test('an RO-Crate of the Workflow Run profile: every entity it names is in it, every file it holds is named', async () => {
  const files = await unpack(await exported([made.id], 'ro-crate', true));
  const crate = JSON.parse(files.get('ro-crate-metadata.json')!.toString());
  const graph = crate['@graph'] as Record<string, unknown>[];
  const byId = new Map(graph.map((entity) => [entity['@id'], entity]));
  expect(byId.size).toBe(graph.length);
  const named = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value && typeof value === 'object') {
      if ('@id' in value && Object.keys(value).length === 1) named.add(value['@id'] as string);
      else Object.values(value).forEach(visit);
    }
  };
  graph.forEach(visit);
  const outside = ['https://w3id.org/ro/crate/1.1'];
  expect([...named].filter((id) => !byId.has(id) && !outside.includes(id))).toEqual([]);
  const held = [...files.keys()].filter((path) => path !== 'ro-crate-metadata.json');
  expect(held.filter((path) => !byId.has(path))).toEqual([]);
  expect(
    graph
      .filter((entity) => [entity['@type']].flat().includes('File'))
      .map((entity) => entity['@id'])
      .sort(),
  ).toEqual(held.sort());
  const root = byId.get('./')!;
  expect(root).toMatchObject({
    name: expect.any(String),
    description: expect.any(String),
    datePublished: expect.any(String),
    license: expect.anything(),
  });
  expect(root['conformsTo']).toEqual(expect.arrayContaining([{ '@id': 'https://w3id.org/ro/wfrun/workflow/0.5' }]));
  const main = byId.get((root['mainEntity'] as { '@id': string })['@id'])!;
  expect(main['@type']).toEqual(['File', 'SoftwareSourceCode', 'ComputationalWorkflow']);
  const actions = graph.filter((entity) => entity['@type'] === 'CreateAction');
  // The import of the structure, the calculation, and its two jobs.
  expect(actions).toHaveLength(4);
  for (const action of actions)
    expect(action).toMatchObject({ instrument: { '@id': expect.any(String) }, agent: { '@id': expect.any(String) } });
  expect(actions.some((action) => (action['instrument'] as { '@id': string })['@id'] === main['@id'])).toBe(true);
});

test('a folder for people: a step a folder, what went in and what came out', async () => {
  const files = await unpack(await exported([made.bandsResult], 'folder'));
  const paths = [...files.keys()].map((path) => path.replace(/^[^/]+-[0-9a-f]{8}\//, ''));
  expect(paths).toEqual(
    expect.arrayContaining([
      'README.md',
      '00-calculation/inputs/structure.json',
      '00-calculation/inputs/settings.json',
      '01-scf/outputs/density/density.npy',
      '02-bands/inputs/density/density.npy',
      '02-bands/outputs/result.json',
      '02-bands/outputs/result/bands.txt',
    ]),
  );
  expect(files.get('README.md')!.toString()).toContain('Bands of silicon');
});
