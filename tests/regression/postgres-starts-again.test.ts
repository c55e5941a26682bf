import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '@/server/db/postgres';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brine-postgres-'));
  chmodSync(folder, 0o711);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a server whose parent was killed and left a busy process behind is started again', async () => {
  const { url } = await startPostgres(folder);
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { pid: left } = (await client.query('SELECT pg_backend_pid() AS pid')).rows[0];
  const postmaster = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(left, 'SIGSTOP');
  process.kill(postmaster, 'SIGKILL');
  const starting = startPostgres(folder);
  await sleep(1_000);
  process.kill(left, 'SIGKILL');
  const again = await starting;
  const next = new Client({ connectionString: again.url });
  await next.connect();
  expect((await next.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await next.end();
  await again.stop();
});

test.skipIf(process.getuid?.() !== 0)('a closed data folder made anew under the same path starts', async () => {
  chmodSync(folder, 0o700);
  const first = await startPostgres(folder);
  await first.stop();
  const outside = () => join('/var/lib/brine', JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8')).id);
  const left = [outside()];
  rmSync(join(folder, 'postgres.json'));
  const second = await startPostgres(folder);
  left.push(outside());
  await second.stop();
  for (const path of left) rmSync(path, { recursive: true, force: true });
  expect(second.url).not.toBe(first.url);
});
