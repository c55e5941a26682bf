import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

// Two commands in a fresh folder ran `npm ci` at once and left neither with packages; two starts both served one data folder.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brine-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Adds one to a number in a file, `count` times, reading and writing it with a pause between. */
const counting = (count: number) => `
  import { readFileSync, rmSync, writeFileSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { describeProcess, isDescribed, takeLock } from ${JSON.stringify(resolve('scripts/file-lock.mjs'))};
  for (let i = 0; i < ${count}; i++) {
    while (takeLock('lock', describeProcess(process.pid), isDescribed).holder !== null) await sleep(1);
    const before = Number(readFileSync('number', 'utf8'));
    await sleep(Math.random() * 2);
    writeFileSync('number', String(before + 1));
    rmSync('lock');
  }`;

function run(script: string): Promise<number | null> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, stdio: 'inherit' });
  return new Promise((settle) => child.on('exit', settle));
}

test('of several processes one at a time holds the lock, also where a killed one left it', async () => {
  writeFileSync(join(folder, 'number'), '0');
  writeFileSync(join(folder, 'lock'), '999999999 1');
  const statuses = await Promise.all([1, 2, 3, 4].map(() => run(counting(20))));
  expect(statuses).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(folder, 'number'), 'utf8')).toBe('80');
  expect(readdirSync(folder)).toEqual(['number']);
});

test('a process that has the number of a dead holder does not count as the holder', async () => {
  writeFileSync(join(folder, 'number'), '0');
  writeFileSync(join(folder, 'lock'), `${process.pid} 1`);
  expect(await run(counting(1))).toBe(0);
});
