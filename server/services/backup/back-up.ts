import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { env, VERSION } from '@/server/env';
import { BACKUP_FORMAT, type BackupManifest, type BackupTable, quoteName, tableFile } from './format';

const ROWS_AT_ONCE = 500;
/** What makes this installation itself; the password of its database is not among them. */
export const KEPT_FILES = ['secret', 'token', 'computers.key'] as const;

/**
 * Writes all tables, as they were at one moment, and all bytes into an empty folder, while the platform runs. Rows are JSON, one a line: PostgreSQL
 * writes every number of it so that it reads back the same, and another version of it reads them too.
 */
export async function backUp(databaseUrl: string, folder: string): Promise<BackupManifest> {
  await mkdir(join(folder, 'tables'), { recursive: true, mode: 0o700 });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query("SET LOCAL TIME ZONE 'UTC'");
    const tables = await listTables(client);
    for (const table of tables) table.rows = await writeTable(client, table, join(folder, tableFile(table)));
    const migrations = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name',
    );
    const hashes = await client.query<{ sha256: string }>('SELECT "sha256" FROM "Blob"');
    for (const { sha256 } of hashes.rows) await copyBlob(sha256, folder);
    for (const name of KEPT_FILES) await copyFile(join(env().dataFolder, name), join(folder, name)).catch(ifThere);
    const manifest: BackupManifest = {
      ...{ format: BACKUP_FORMAT, version: 1, program: `Brine ${VERSION}`, createdAt: new Date().toISOString() },
      migrations: migrations.rows.map((row) => row.name),
      tables,
      blobs: hashes.rows.length,
    };
    await writeLast(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2));
    return manifest;
  } finally {
    await client.end();
  }
}

/** A folder in which there is nothing yet, or a new one. */
export async function isEmptyFolder(folder: string): Promise<boolean> {
  return (
    (
      await readdir(folder).catch((err: NodeJS.ErrnoException) => {
        if (err.code === 'ENOENT') return [];
        throw err;
      })
    ).length === 0
  );
}

/** Without Prisma's list of migrations, which is made anew. */
async function listTables(client: Client): Promise<BackupTable[]> {
  const { rows } = await client.query<Omit<BackupTable, 'rows'>>(
    `SELECT c.table_schema AS schema, c.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
     FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema IN ('public', 'dbos') AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
       AND c.table_name NOT IN ('_prisma_migrations', 'dbos_migrations')
     GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows.map((row) => ({ ...row, rows: 0 }));
}

/** By a cursor: no table is in memory. */
async function writeTable(client: Client, { schema, name, columns }: BackupTable, path: string): Promise<number> {
  const list = columns.map((column) => `t.${quoteName(column)}`).join(', ');
  await client.query(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT row_to_json(r)::text AS line
     FROM (SELECT ${list} FROM ${quoteName(schema)}.${quoteName(name)} t) r`,
  );
  let count = 0;
  const lines = async function* () {
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`FETCH ${ROWS_AT_ONCE} FROM backup`);
      if (rows.length === 0) return;
      count += rows.length;
      yield rows.map(({ line }) => `${line}\n`).join('');
    }
  };
  await pipeline(Readable.from(lines()), createGzip({ level: 4 }), createWriteStream(path, { mode: 0o600 }));
  await client.query('CLOSE backup');
  return count;
}

async function copyBlob(sha256: string, folder: string): Promise<void> {
  const inner = join('blobs', sha256.slice(0, 2), sha256.slice(2));
  await mkdir(dirname(join(folder, inner)), { recursive: true, mode: 0o700 });
  await pipeline(
    createReadStream(join(env().dataFolder, inner)),
    createWriteStream(join(folder, inner), { mode: 0o600 }),
  );
}

const ifThere = (err: NodeJS.ErrnoException) => {
  if (err.code !== 'ENOENT') throw err;
};

async function writeLast(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'wx', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
}

/** Bytes of a folder, for what a person is told. */
export async function folderBytes(folder: string): Promise<number> {
  let total = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(join(folder, name));
    if (found.isFile()) total += found.size;
  }
  return total;
}
