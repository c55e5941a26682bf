import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { Client } from 'pg';
import { closeDatabase, db } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { type EmbeddedPostgres, startPostgres } from '@/server/db/postgres';
import type { Actor } from '@/server/services/actor';

export interface TestPlatform {
  dataFolder: string;
  databaseUrl: string;
  /** The owner of a fresh project. */
  actor: Actor;
  /** Ends the server at once, without its writing anything down, and waits until it is gone. */
  crashDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  stop(): Promise<void>;
}

/** A real PostgreSQL of its own in a temporary folder, migrated, with a person and a project. */
export async function startTestPlatform(): Promise<TestPlatform> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'brine-test-'));
  // PostgreSQL's user must reach it, or else its cluster would lie, and stay, outside.
  chmodSync(dataFolder, 0o711);
  const postgres: EmbeddedPostgres = await startPostgres(dataFolder);
  process.env.BRINE_DATA = dataFolder;
  process.env.DATABASE_URL = postgres.url;
  await migrate(postgres.url);
  await DBOS.migrate(postgres.url);
  return {
    dataFolder,
    databaseUrl: postgres.url,
    actor: await makeActor('Ada'),
    async crashDatabase() {
      process.kill(Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
      while (postgres.isRunning()) await sleep(10);
    },
    startDatabase: () => postgres.restart(),
    async stop() {
      await closeDatabase();
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A new person who owns a new project. */
export async function makeActor(name: string): Promise<Actor> {
  const user = await db().user.create({ data: { name } });
  const project = await db().project.create({
    data: { name: `${name}'s project`, memberships: { create: { userId: user.id, role: 'owner' } } },
  });
  return { userId: user.id, projectId: project.id, scopes: null };
}

export async function query(databaseUrl: string, sql: string, values: unknown[] = []) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}
