import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBlob } from '@/server/db/blobs';
import { closeDatabase, db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { backUp, isEmptyFolder } from '@/server/services/backup/back-up';
import { restore } from '@/server/services/backup/restore';
import { query, startTestPlatform, type TestPlatform } from '../platform';
import { makeCalculation } from '../provenance/graphs';

let platform: TestPlatform;
let folders: string[] = [];
const makeFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'brine-backup-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
};
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  process.env.BRINE_DATA = platform.dataFolder;
  process.env.DATABASE_URL = platform.databaseUrl;
  await platform.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders = [];
});

async function freshDatabase(name: string): Promise<string> {
  await query(platform.databaseUrl, `CREATE DATABASE ${name}`);
  return platform.databaseUrl.replace(/brine$/, name);
}

/** Every row of every table, as text in a fixed order; rows of what DBOS and Prisma keep of themselves aside. */
async function contentOf(url: string): Promise<Record<string, string[]>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname IN ('public', 'dbos') AND tablename NOT IN ('_prisma_migrations', 'dbos_migrations') ORDER BY 1`,
  );
  const content: Record<string, string[]> = {};
  for (const { name } of tables.rows)
    content[name] = (await client.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t ORDER BY 1`)).rows.map(
      (row) => row.line,
    );
  await client.end();
  return content;
}

test('what is restored into an empty database is the same to the last bit, and works', async () => {
  const made = await makeCalculation(platform.actor, { label: 'Bänder; "quoted" \\ text\nwith a line' });
  const caller = createCaller({ actor: platform.actor });
  await caller.provenance.tag({ id: made.bandsResult, tag: 'figure 2' });
  const odd = { tenth: 0.1, tiny: 5e-324, huge: 1.7976931348623157e308, text: 'Ω "\\ \u2028', list: [null, true] };
  await db().dataNode.create({
    data: { projectId: platform.actor.projectId, kind: 'odd', schemaVersion: 1, value: odd },
  });
  writeFileSync(join(platform.dataFolder, 'secret'), 'the key', { mode: 0o600 });
  const folder = makeFolder();
  const manifest = await backUp(platform.databaseUrl, folder);
  expect(manifest.tables.length).toBeGreaterThan(25);
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  const before = await contentOf(platform.databaseUrl);

  const url = await freshDatabase('restored');
  await closeDatabase();
  process.env.BRINE_DATA = makeFolder();
  process.env.DATABASE_URL = url;
  await restore(url, folder);
  expect(await contentOf(url)).toEqual(before);
  expect(readFileSync(join(process.env.BRINE_DATA, 'secret'), 'utf8')).toBe('the key');
  const [file] = await db().dataNodeFile.findMany({ where: { dataNodeId: made.bandsResult } });
  expect((await readBlob(file!.sha256)).toString()).toContain('bands of ');
  const restored = createCaller({ actor: platform.actor });
  expect((await restored.provenance.walk({ id: made.bandsResult, direction: 'in' })).items).toHaveLength(7);
  expect((await restored.provenance.query({ text: 'tenth=0.1' })).items).toHaveLength(1);
  // Keys and triggers hold again.
  await expect(
    db().link.create({ data: { kind: 'call', name: 'x', processId: made.id, calledId: made.structure } }),
  ).rejects.toThrow();
  const { id } = await db().dataNode.create({
    data: { projectId: platform.actor.projectId, kind: 'new', schemaVersion: 1, value: { n: 1 } },
  });
  expect(await db().dataNodeProperty.count({ where: { dataNodeId: id } })).toBe(1);
  expect(await query(url, `SELECT 1 FROM pg_constraint WHERE condeferrable AND contype = 'f'`)).toEqual([]);
  await expect(restore(url, folder)).rejects.toThrow(/holds a platform already/);
  await closeDatabase();
  process.env.BRINE_DATA = platform.dataFolder;
  process.env.DATABASE_URL = platform.databaseUrl;
});

test('a backup that broke off, is damaged, or comes from a newer version is refused, and leaves no rows', async () => {
  const folder = makeFolder();
  await backUp(platform.databaseUrl, folder);
  expect(await isEmptyFolder(folder)).toBe(false);
  const manifest = readFileSync(join(folder, 'manifest.json'), 'utf8');
  process.env.BRINE_DATA = makeFolder();
  const attempt = async (name: string) => {
    const url = await freshDatabase(name);
    const complaint = await restore(url, folder).then(
      () => 'restored',
      (err: Error) => err.message,
    );
    const [row] = await query(url, `SELECT to_regclass('public."Project"')::text AS "table"`);
    if (row.table) expect(await query(url, 'SELECT 1 FROM "Project"')).toEqual([]);
    return complaint;
  };
  writeFileSync(join(folder, 'manifest.json'), manifest.replace('"0001_first"', '"0001_first","9999_later"'));
  expect(await attempt('newer')).toMatch(/newer version/);
  writeFileSync(join(folder, 'manifest.json'), manifest.replace(/("name": "DataNode",[^}]*"rows": )\d+/s, '$199999'));
  expect(await attempt('fewer')).toMatch(/instead of 99999/);
  rmSync(join(folder, 'manifest.json'));
  expect(await attempt('broken')).toMatch(/no backup/);
  writeFileSync(join(folder, 'manifest.json'), manifest);
  const [blob] = await db().blob.findMany({ take: 1 });
  appendFileSync(join(folder, 'blobs', blob!.sha256.slice(0, 2), blob!.sha256.slice(2)), 'x');
  expect(await attempt('damaged')).toMatch(/is damaged/);
  expect(existsSync(join(process.env.BRINE_DATA!, 'secret'))).toBe(false);
  process.env.BRINE_DATA = platform.dataFolder;
});
