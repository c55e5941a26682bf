import initSqlJs from 'sql.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import type { ImportReport } from '@/server/schemas/provenance';
import type { Actor } from '@/server/services/actor';
import { exportNodes } from '@/server/services/provenance/archive/export-nodes';
import { importArchive } from '@/server/services/provenance/archive/import-archive';
import { openNodeFile } from '@/server/services/provenance/open-node-file';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { type Aiida, aiidaFiles, npy, packZip, siliconBands } from './aiida-archive';

let platform: TestPlatform;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const take = (actor: Actor, bytes: Buffer) =>
  importArchive(
    actor,
    (async function* () {
      yield bytes;
    })(),
  );
const packed = async (change: (archive: Aiida) => void = () => undefined) => {
  const archive = siliconBands();
  change(archive);
  return packZip(await aiidaFiles(archive));
};
const nothing = { structures: 0, calculations: 0, processes: 0, nodes: 0, links: 0, blobs: 0 };
/** All that is told beside what every such archive leaves. */
const told = ({ skipped }: ImportReport) =>
  skipped
    .map(({ what, why }) => `${what}: ${why}`)
    .filter((line) => !/^AiiDA (group|log entries|nodes with)/.test(line));

describe('an AiiDA archive', () => {
  test('comes as values, processes and links, with what was left out', async () => {
    const ann = await makeActor('Ann');
    const caller = createCaller({ actor: ann });
    const report = await take(ann, await packed());
    // Nine values, and the files that the calculation sent.
    expect(report.added).toEqual({ structures: 1, calculations: 0, processes: 4, nodes: 9, links: 17, blobs: 4 });
    expect(report.skipped).toEqual([
      { what: 'AiiDA group figures', why: expect.any(String) },
      { what: 'AiiDA log entries: 1', why: expect.any(String) },
      { what: 'AiiDA nodes with extras: 12', why: expect.any(String) },
    ]);
    const [root] = report.roots as [string];
    expect(await caller.provenance.get({ id: root })).toMatchObject({
      item: {
        kind: 'workflow',
        title: 'PwBandsWorkChain',
        state: 'finished',
        createdAt: new Date('2024-05-01T12:00:00.123Z'),
      },
      process: { exitCode: 0, failure: null, finishedAt: new Date('2024-05-01T12:05:00.000Z') },
      createdBy: 'Ann',
    });
    const { items, edges } = await caller.provenance.walk({ id: root, direction: 'out' });
    const name = new Map(items.map((item) => [item.id, item.type === 'data' ? item.kind : item.title]));
    expect(
      edges.map(({ from, to, kind, name: label }) => `${name.get(from)} ${kind} ${label} ${name.get(to)}`).sort(),
    ).toEqual(
      [
        'PwBandsWorkChain call CALL PwCalculation',
        'PwBandsWorkChain call CALL 2 find_gap',
        'PwBandsWorkChain call CALL 3 PwCalculation',
        'PwBandsWorkChain return bands aiida-bands',
        'PwBandsWorkChain return gap aiida-float',
        'PwCalculation create files job-files',
        'PwCalculation create output_band aiida-bands',
        'aiida-bands input bands find_gap',
        'find_gap create result aiida-float',
      ].sort(),
    );
    const failed = (await caller.provenance.query({ text: 'state:failed' })).items;
    expect((await caller.provenance.get({ id: failed[0]!.id })).process).toMatchObject({
      exitCode: 305,
      failure: { code: 'aiida-exit-305', message: expect.stringMatching(/could not be read/) },
    });
  });

  test('its bands and numbers are found, its structure is one of ours, its files are there to the last byte', async () => {
    const ann = await makeActor('Ann');
    const { provenance, structures } = createCaller({ actor: ann });
    const archive = siliconBands();
    await take(ann, await packZip(await aiidaFiles(archive)));
    const find = async (text: string) => (await provenance.query({ text })).items[0]!.id;
    const bands = await provenance.get({ id: await find('kind:aiida-bands minimum<-5.7 maximum>6') });
    expect(bands.value).toMatchObject({
      ...{ units: 'eV', spinCount: 1, kpointCount: 3, bandCount: 4, minimum: -5.8, maximum: 7 },
      labels: [
        { kpoint: 0, label: 'GAMMA' },
        { kpoint: 2, label: 'X' },
      ],
    });
    const { stream } = await openNodeFile(ann, { id: bands.item.id, name: 'bands.npy' });
    expect(Buffer.concat(await stream.toArray())).toEqual(Buffer.from(archive.nodes[4]!.files!['bands.npy']!));
    expect((await provenance.notes({ id: bands.item.id })).comments[0]!.body).toBe('Grace H. wrote: Nice bands.');
    await find('kind:aiida-float value>0.6');
    await find('kind:aiida-dict SYSTEM.ecutwfc=30');
    await find('kind:aiida-bool value=true');
    const sent = await provenance.get({ id: await find('kind:job-files') });
    expect(sent.files.map((file) => file.name)).toEqual(['.aiida/job_tmpl.json', 'aiida.in']);
    const { structure } = await provenance.get({ id: await find('kind:structure') });
    expect(await structures.get({ id: structure!.id })).toMatchObject({
      ...{ name: 'Silicon of AiiDA', formula: 'Si', sites: 2 },
      symmetry: { spaceGroupNumber: 227 },
    });
  });

  test('adds nothing the second time; a structure that is there is the same', async () => {
    const bob = await makeActor('Bob');
    const { cell } = siliconBands().nodes[0]!.attributes as { cell: unknown };
    const sites = [
      { element: 'Si', fractional: [0, 0, 0] },
      { element: 'Si', fractional: [0.25, 0.25, 0.25] },
    ];
    const caller = createCaller({ actor: bob });
    const own = await caller.structures.import({
      text: JSON.stringify({ cellAngstrom: cell, sites }),
      fileName: 'own.json',
    });
    expect((await take(bob, await packed())).added).toMatchObject({ structures: 0, nodes: 9 });
    expect((await take(bob, await packed())).added).toEqual(nothing);
    expect(await db().dataNode.count({ where: { structureId: own.id } })).toBe(2);
  });

  test('what came goes on in our own archive, and can be deleted', async () => {
    const cleo = await makeActor('Cleo');
    const [root] = (await take(cleo, await packed())).roots as [string];
    const { stream } = await exportNodes(cleo, { ids: [root], format: 'archive', withDescendants: true });
    const dora = await makeActor('Dora');
    const again = await take(dora, Buffer.concat(await stream.toArray()));
    expect(again.added).toEqual({ structures: 1, calculations: 0, processes: 4, nodes: 9, links: 17, blobs: 4 });
    expect(again.skipped).toEqual([]);
    for (const format of ['ro-crate', 'folder'] as const)
      expect(
        (await (await exportNodes(cleo, { ids: [root], format, withDescendants: true })).stream.toArray()).length,
      ).toBeGreaterThan(5);
    const { provenance } = createCaller({ actor: cleo });
    const { fingerprint } = await provenance.planDeletion({ id: root, withAncestors: true });
    expect(await provenance.delete({ id: root, withAncestors: true, fingerprint })).toEqual({
      values: 9,
      processes: 4,
    });
    expect(await db().dataNode.count({ where: { projectId: cleo.projectId } })).toBe(0);
  });
});

describe('what does not fit is left out and told', () => {
  const told1 = async (change: (archive: Aiida) => void) =>
    told(await take(await makeActor('Eve'), await packed(change)));

  test('structures, bands and values that are none', async () => {
    expect(
      await told1(({ nodes }) => {
        Object.assign(nodes[0]!.attributes as object, { kinds: [{ name: 'Si', symbols: ['Qq'], weights: [1] }] });
        nodes[4]!.files!['kpoints.npy'] = npy([2, 3], [0, 0, 0, 1, 1, 1]);
        nodes[6]!.attributes = { value: 'a third' };
        nodes[9]!.attributes = '{"value": NaN}';
        nodes[10]!.uuid = 'no uuid';
        nodes[11]!.node_type = 'mystery.';
      }),
    ).toEqual([
      expect.stringMatching(/^AiiDA node 1, .*Qq/),
      expect.stringMatching(/^AiiDA node 5, .*as many bands as k-points/),
      expect.stringMatching(/^AiiDA node 7, .*not those of its type: value/),
      expect.stringMatching(/^AiiDA node 10, .*no JSON/),
      expect.stringMatching(/^AiiDA node 11, .*its uuid is none/),
      expect.stringMatching(/^AiiDA node 12, .*neither that of data/),
      ...Array.from({ length: 11 }, () => expect.stringMatching(/^AiiDA link .*one of its ends is missing/)),
      expect.stringMatching(/^repo\/.*nothing uses it/),
      expect.stringMatching(/^repo\/.*nothing uses it/),
    ]);
  });

  test('arrays of Python objects are never read, and never kept', async () => {
    const eve = await makeActor('Eve');
    const report = await take(
      eve,
      await packed(({ nodes }) => {
        nodes[4]!.files!['bands.npy'] = npy([3, 4], Array(12).fill(0), { type: '|O' });
      }),
    );
    expect(told(report)[0]).toMatch(/^AiiDA node 5, .*bands.npy holds Python objects/);
    expect(
      await db().dataNodeFile.count({ where: { name: 'bands.npy', dataNode: { projectId: eve.projectId } } }),
    ).toBe(0);
  });

  test('files that are missing, are not what their names say, or lead out of their folder', async () => {
    const eve = await makeActor('Eve');
    const files = await aiidaFiles(siliconBands());
    const sent = [...files].find(([, bytes]) => bytes === '&CONTROL\n/')![0];
    files.set(sent, '&CONTROL calculation="md" /');
    expect(told(await take(eve, await packZip(files)))).toEqual([
      expect.stringMatching(/^value .*does not have the hash that it claims/),
    ]);
    files.delete(sent);
    expect(told(await take(await makeActor('Eve'), await packZip(files)))).toEqual([
      expect.stringMatching(/^value .*its file is not in the archive/),
    ]);
    const lines = await told1(({ nodes }) => {
      nodes[3]!.files = { '../../root/.ssh/authorized_keys': 'ssh-rsa' };
    });
    expect(lines[0]).toMatch(/^AiiDA node 4, .*leads out of its folder/);
  });

  test('attributes that lie too deep', async () => {
    const deep = `${`{"a":`.repeat(20_000)}1${'}'.repeat(20_000)}`;
    expect(
      await told1(({ nodes }) => {
        nodes[1]!.attributes = deep;
      }),
    ).toEqual([
      expect.stringMatching(/^AiiDA node 2, .*too deep/),
      expect.stringMatching(/^AiiDA link input_calc parameters/),
    ]);
  });

  test('processes that call each other in a circle', async () => {
    const lines = await told1(({ links }) => {
      links.push({ input: 4, output: 3, label: 'CALL', type: 'call_work' });
    });
    expect(lines.filter((line) => /^process .*its parent is missing/.test(line))).toHaveLength(4);
  });
});

describe('an AiiDA archive is refused whole', () => {
  const refusal = async (bytes: Buffer) =>
    take(await makeActor('Fay'), bytes).then(
      () => 'taken',
      (err: { code: string; userMessage: string }) => `${err.code}: ${err.userMessage}`,
    );

  test('where it is of an old version, or of none', async () => {
    const old = [
      ['metadata.json', '{"export_version": "0.12", "aiida_version": "1.6"}'],
      ['data.json', '{}'],
    ] as [string, string][];
    expect(await refusal(await packZip(old))).toMatch(/old version 0.12: `verdi archive migrate`/);
    expect(await refusal(await packZip([['metadata.json', '{}']]))).toMatch(/not that of AiiDA/);
    expect(await refusal(await packed(({ metadata }) => Object.assign(metadata, { key_format: 'uuid' })))).toMatch(
      /SHA-256/,
    );
  });

  test('where its paths lead out of the folder', async () => {
    const files = await aiidaFiles(siliconBands());
    files.set('repo/../../../etc/cron.d/x', 'x');
    expect(await refusal(await packZip(files))).toMatch(/leads out of its folder/);
  });

  test('where its database is none, has programs for tables, or unpacks to more than is read', async () => {
    const files = await aiidaFiles(siliconBands());
    const replaced = async (bytes: Uint8Array | string) => packZip(new Map(files).set('db.sqlite3', bytes));
    expect(await refusal(await replaced('no database, but some text that is long enough'))).toMatch(
      /cannot be read as one of SQLite/,
    );
    expect(await refusal(await replaced(new (await initSqlJs()).Database().export()))).toMatch(
      /has no table db_dbnode/,
    );
    const forever =
      'WITH RECURSIVE f(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM f) SELECT id, id AS input_id, id AS output_id, id AS label, id AS type FROM f';
    const more = ['DROP TABLE db_dblink', `CREATE VIEW db_dblink AS ${forever}`];
    expect(await refusal(await packed((archive) => Object.assign(archive, { links: [], more })))).toMatch(
      /db_dblink of its database is no plain table/,
    );
    // 300 MB of zeros pack to 300 kB.
    const bomb = await replaced(Buffer.alloc(300 * 1024 ** 2));
    expect(bomb.length).toBeLessThan(2 * 1024 ** 2);
    expect(await refusal(bomb)).toMatch(/larger than 256 MB/);
  });
});
