import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { identityOf, isRunning } from '@/server/computers/local/process-identity';
import { sweepLeft } from '@/server/runtime/jupyter/connection';
import { dialects } from './dialects';
import { specOf, temporaryFolder } from './kernel';

process.env.TMPDIR = temporaryFolder();

describe.each(dialects)('$kernel', (dialect) => {
  const isThere = specOf(dialect.kernel) !== null;

  test.skipIf(!isThere)(
    `its kernel ends with a process of ours that is killed, and the next one removes what it left${isThere ? '' : ' (skipped: not installed)'}`,
    async () => {
      const folder = temporaryFolder();
      const source = `${dialect.writeFile('started')}\n${dialect.loop}`;
      const cell = { cell_type: 'code', id: 'c', metadata: {}, source, outputs: [], execution_count: null };
      const metadata = { kernelspec: { name: dialect.kernel, display_name: '' } };
      writeFileSync(
        join(folder, 'in.ipynb'),
        JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [cell] }),
      );
      const child = spawn(process.execPath, ['bin/brine.mjs', 'notebook', 'run', join(folder, 'in.ipynb')], {
        stdio: 'ignore',
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      await vi.waitFor(() => expect(existsSync(join(folder, 'started'))).toBe(true), {
        timeout: 120_000,
        interval: 100,
      });
      const started = descendantsOf(child.pid!).map(identityOf);
      expect(started.length).toBeGreaterThan(0);
      expect(sweepLeft()).toBe(0);
      expect(kernelFolders()).toHaveLength(1);
      child.kill('SIGKILL');
      await vi.waitFor(() => expect(started.filter(isRunning)).toEqual([]), 5_000);
      await vi.waitFor(() => expect(sweepLeft()).toBe(1));
      expect(kernelFolders()).toEqual([]);
    },
  );
});

const kernelFolders = () => readdirSync(process.env.TMPDIR!).filter((name) => name.startsWith('brine-kernel-'));

function descendantsOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const found = [pid];
  for (const [own, parent] of rows) if (found.includes(parent)) found.push(own);
  return found.slice(1);
}
