import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../server/computers/cluster';
import { processesOf } from '../server/processes';
import { ensurePrograms } from '../server/programs';

test('a benchmark that is ended by a signal leaves no process and no folder', async () => {
  await ensurePrograms();
  const folder = mkdtempSync(join(tmpdir(), 'brine-bench-test-'));
  const child = spawn(process.execPath, ['bin/brine.mjs', 'bench', 'engine', '--count', '1000'], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: folder },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const hasWorker = () => processesOf([folder]).some(({ command }) => command.includes('dist/worker.mjs'));
  await until(hasWorker, 'a worker of the benchmark');
  child.kill('SIGTERM');
  expect(await ended).toBe(143);
  expect(processesOf([folder]).map(({ command }) => command)).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});
