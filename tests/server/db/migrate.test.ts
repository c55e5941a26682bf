import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffDatabase } from '@/scripts/prisma-diff.mjs';
import { migrate } from '@/server/db/migrate';
import { type EmbeddedPostgres, startPostgres } from '@/server/db/postgres';

let folder: string;
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brine-migrate-'));
  chmodSync(folder, 0o711);
  postgres = await startPostgres(folder);
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function freshDatabase(name: string): Promise<string> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return postgres.url.replace(/brine$/, name);
}

test('migrations and schema.prisma describe the same database', async () => {
  const url = await freshDatabase('drift');
  await migrate(url);
  const schema = readFileSync('prisma/schema.prisma', 'utf8');
  const { differs, sql } = await diffDatabase(new PrismaPg({ connectionString: url }), schema);
  // Prisma's table of migrations is its own and not in the schema.
  expect({ differs, sql: differs ? sql : '' }).toEqual({ differs: false, sql: '' });
  const other = schema.replace('model Code {', 'model Code {\n  extra String?');
  expect((await diffDatabase(new PrismaPg({ connectionString: url }), other)).sql).toContain('"extra"');
});

test('two starts at once apply each migration once, and a second run does nothing', async () => {
  const url = await freshDatabase('twice');
  const runs = await Promise.all([migrate(url), migrate(url)]);
  const folders = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(runs.flat()).toEqual(folders.map(({ name }) => name).sort());
  expect(await migrate(url)).toEqual([]);
});

test('a migration that fails leaves nothing behind, and an edited one is refused', async () => {
  const url = await freshDatabase('faulty');
  const migrations = mkdtempSync(join(tmpdir(), 'brine-migrations-'));
  cpSync('prisma/migrations', migrations, { recursive: true });
  mkdirSync(join(migrations, '9999_faulty'));
  writeFileSync(join(migrations, '9999_faulty', 'migration.sql'), 'CREATE TABLE half (id int); SELECT 1/0;');
  await expect(migrate(url, migrations)).rejects.toThrow(/9999_faulty failed: division by zero/);
  const client = new Client({ connectionString: url });
  await client.connect();
  expect((await client.query("SELECT to_regclass('half') AS half")).rows[0].half).toBeNull();
  await client.end();
  rmSync(join(migrations, '9999_faulty'), { recursive: true });
  writeFileSync(join(migrations, '0001_first', 'migration.sql'), '-- another');
  await expect(migrate(url, migrations)).rejects.toThrow(/edited after it was applied/);
  rmSync(migrations, { recursive: true });
});

test('the password of the database is readable by its owner only', () => {
  expect(statSync(join(folder, 'postgres.json')).mode & 0o777).toBe(0o600);
});

test('a server that still runs is reused', async () => {
  const again = await startPostgres(folder);
  expect(again.url).toBe(postgres.url);
});

test.skipIf(process.getuid?.() !== 0)(
  'as root a data folder that user postgres cannot reach has its database elsewhere',
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'brine-closed-'));
    const server = await startPostgres(closed);
    const { id } = JSON.parse(readFileSync(join(closed, 'postgres.json'), 'utf8'));
    const elsewhere = join('/var/lib/brine', id);
    const isThere = existsSync(join(elsewhere, 'PG_VERSION'));
    await server.stop();
    for (const path of [elsewhere, closed]) rmSync(path, { recursive: true, force: true });
    expect(isThere).toBe(true);
  },
);
