import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { Client } from 'pg';
import { migrate } from '@/server/db/migrate';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import { KEPT_FILES } from './back-up';
import { type BackupManifest, type BackupTable, backupManifestSchema, quoteName, tableFile } from './format';

const ROWS_AT_ONCE = 500;
const MIGRATIONS = 'prisma/migrations';

/** Brings a backup into an empty database and an empty data folder: all rows in one transaction, each file checked by its hash. */
export async function restore(databaseUrl: string, folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await requireEmpty(client);
    await migrateAsThen(databaseUrl, manifest.migrations);
    await DBOS.migrate(databaseUrl);
    await restoreBlobs(manifest, folder);
    await client.query('BEGIN');
    await fill(client, manifest.tables, folder);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
  await migrate(databaseUrl, MIGRATIONS);
  for (const name of KEPT_FILES) {
    if (!existsSync(join(folder, name))) continue;
    await copyFile(join(folder, name), join(env().dataFolder, name));
    await chmod(join(env().dataFolder, name), 0o600);
  }
  return manifest;
}

export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null);
  if (text === null) throw refuse('There is no manifest.json in it: it is no backup, or one that broke off');
  try {
    return backupManifestSchema.parse(JSON.parse(text));
  } catch {
    throw refuse('Its manifest is of a format that this version does not know');
  }
}

const refuse = (why: string) => new AppError('bad-input', `${why}.`);

async function requireEmpty(client: Client): Promise<void> {
  const { rows } = await client.query<{ table: string | null }>(
    `SELECT to_regclass('public."Project"')::text AS table`,
  );
  if (!rows[0]!.table) return;
  const { rowCount } = await client.query('SELECT 1 FROM "Project" LIMIT 1');
  if (rowCount) throw refuse('The database holds a platform already: a backup is restored into an empty one');
}

/** The tables as they were when the backup was made; later migrations then see the rows, as they did everywhere else. */
async function migrateAsThen(databaseUrl: string, names: string[]): Promise<void> {
  const unknown = names.find((name) => !existsSync(join(MIGRATIONS, name)));
  if (unknown) throw refuse(`It was made by a newer version (migration ${unknown} is not known here). Update first`);
  const then = await mkdtemp(join(tmpdir(), 'brine-migrations-'));
  try {
    for (const name of names) await cp(join(MIGRATIONS, name), join(then, name), { recursive: true });
    await migrate(databaseUrl, then);
  } finally {
    await rm(then, { recursive: true, force: true });
  }
}

/** Rows come table by table, so that those they name may come later: keys between tables are checked at the end. */
async function fill(client: Client, tables: BackupTable[], folder: string): Promise<void> {
  const keys = await client.query<{ table: string; name: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name FROM pg_constraint
     WHERE contype = 'f' AND connamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'dbos'))`,
  );
  const setKeys = async (how: string) => {
    for (const { table, name } of keys.rows)
      await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${quoteName(name)} ${how}`);
  };
  await setKeys('DEFERRABLE INITIALLY DEFERRED');
  const fullNames = tables.map(({ schema, name }) => `${quoteName(schema)}.${quoteName(name)}`);
  await client.query(`TRUNCATE ${fullNames.join(', ')}`);
  // What triggers would add is in the backup itself.
  for (const name of fullNames) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  for (const [index, table] of tables.entries()) {
    const count = await fillTable(client, table, fullNames[index]!, join(folder, tableFile(table)));
    if (count !== table.rows)
      throw refuse(`${tableFile(table)} holds ${count} rows instead of ${table.rows}: it is damaged`);
    await setSequences(client, table, fullNames[index]!);
  }
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const name of fullNames) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
  await setKeys('NOT DEFERRABLE');
}

async function fillTable(client: Client, { columns }: BackupTable, fullName: string, path: string): Promise<number> {
  const list = columns.map(quoteName).join(', ');
  const insert = `INSERT INTO ${fullName} (${list}) OVERRIDING SYSTEM VALUE
    SELECT ${list} FROM json_populate_recordset(NULL::${fullName}, $1::json)`;
  let count = 0;
  let waiting: string[] = [];
  const flush = async () => {
    if (waiting.length > 0) await client.query(insert, [`[${waiting.join(',')}]`]);
    count += waiting.length;
    waiting = [];
  };
  // Rows stay text: a number beyond what JavaScript holds is none of its business.
  const unzipped = createReadStream(path).pipe(createGunzip());
  for await (const line of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue;
    waiting.push(line);
    if (waiting.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  return count;
}

async function setSequences(client: Client, { columns }: BackupTable, fullName: string): Promise<void> {
  for (const column of columns) {
    const { rows } = await client.query<{ sequence: string | null }>(
      'SELECT pg_get_serial_sequence($1, $2) AS sequence',
      [fullName, column],
    );
    const sequence = rows[0]?.sequence;
    if (sequence)
      await client.query(
        `SELECT setval($1::regclass, COALESCE((SELECT max(${quoteName(column)}) FROM ${fullName}), 0) + 1, false)`,
        [sequence],
      );
  }
}

/** Before the rows, so that no row names bytes that are not there. */
async function restoreBlobs(manifest: BackupManifest, folder: string): Promise<void> {
  const table = manifest.tables.find(({ name }) => name === 'Blob')!;
  const unzipped = createReadStream(join(folder, tableFile(table))).pipe(createGunzip());
  for await (const line of createInterface({ input: unzipped })) {
    if (line === '') continue;
    const { sha256 } = JSON.parse(line) as { sha256: string };
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw refuse('It names a file by what is no hash');
    const inner = join('blobs', sha256.slice(0, 2), sha256.slice(2));
    const target = join(env().dataFolder, inner);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    await pipeline(
      createReadStream(join(folder, inner)),
      async function* (chunks) {
        for await (const chunk of chunks) {
          hash.update(chunk as Buffer);
          yield chunk;
        }
      },
      createWriteStream(`${target}.new`, { mode: 0o600 }),
    );
    if (hash.digest('hex') !== sha256)
      throw refuse(`${inner} is damaged: it does not have the hash that it is named by`);
    await rename(`${target}.new`, target);
  }
}
