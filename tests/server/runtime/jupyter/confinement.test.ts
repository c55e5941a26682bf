import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { whyNoBubblewrap } from '@/server/runtime/jupyter/bubblewrap';
import { dialects } from './dialects';
import { specOf, startOwnKernel, temporaryFolder, textOf } from './kernel';

const whyNot = whyNoBubblewrap();
const withoutBubblewrap = whyNot === null ? '' : ` (skipped: ${whyNot})`;

/** Where the platform keeps its data, in these tests. */
process.env.BRINE_DATA = temporaryFolder();
process.env.DATABASE_URL = 'postgres://secret@nowhere/brine';

for (const dialect of dialects)
  describe.skipIf(specOf(dialect.kernel) === null)(
    `${dialect.kernel}${specOf(dialect.kernel) ? '' : ' (skipped: not installed)'}`,
    () => {
      const { kernel } = dialect;

      test('knows of the environment what it was given and what programs need, and no secret', async () => {
        const { run } = await startOwnKernel(kernel, { environment: { BRINE_TOKEN: 'of this runtime' } });
        const { said } = await run(dialect.environment);
        const names = JSON.parse(textOf(said).replace(/^['"]|['"]$/g, '')) as string[];
        expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'LANG', 'BRINE_TOKEN']));
        expect(names.filter((name) => /DATABASE|BRINE_DATA|NODE|npm|VITEST|SECRET/.test(name))).toEqual([]);
      });

      test.skipIf(whyNot !== null)(
        `in a sandbox it sees its own folder and the system, nothing else${withoutBubblewrap}`,
        async () => {
          const secret = join(process.env.BRINE_DATA!, 'secret');
          writeFileSync(secret, 'do not tell');
          const elsewhere = temporaryFolder();
          const readable = temporaryFolder();
          writeFileSync(join(readable, 'library'), 'of the platform');
          const { run, runtime } = await startOwnKernel(kernel, { readable: [readable] });
          for (const path of [secret, '/etc/shadow', `/proc/${process.pid}/environ`])
            expect((await run(dialect.readFile(path))).reply.error?.evalue, path).toMatch(
              /no such file|not found|os error 2/i,
            );
          expect(textOf((await run(dialect.readFile('/etc/ssl/openssl.cnf'))).said)).not.toBe('');
          expect(textOf((await run(dialect.readFile(join(readable, 'library')))).said)).toContain('of the platform');
          for (const folder of [elsewhere, readable, '/usr/lib', '/etc', '/dev', '/'])
            expect((await run(dialect.writeFile(join(folder, 'mine')))).reply.status, folder).toBe('error');
          for (const path of ['/tmp/mine', '/dev/shm/mine', 'mine'])
            expect((await run(dialect.writeFile(path))).reply.status, path).toBe('ok');
          expect(readFileSync(join(runtime.folder, 'mine'), 'utf8')).toBe('written');
          // Its own processes: the sandbox's first, the kernel, and nobody else's.
          const processes =
            textOf((await run(dialect.listFolder('/proc'))).said)
              .replaceAll('\\n', ' ')
              .match(/\b\d+\b/g) ?? [];
          expect(processes).toContain('1');
          expect(processes.length).toBeLessThan(5);
        },
      );

      test('what holds more memory than it may does not get it, and the others go on', async () => {
        const { run, exits, runtime } = await startOwnKernel(kernel, { limits: { memoryBytes: 512 * 1024 ** 2 } });
        const ended = await run(dialect.hold(900)).then(
          ({ reply }) => reply.error?.ename,
          () => 'killed',
        );
        if (kernel === 'python3') expect(ended).toBe('MemoryError');
        else {
          expect(ended).toBe('killed');
          expect(exits).toEqual([{ exitCode: null, signal: 'SIGKILL', reason: 'memory' }]);
        }
        await runtime.restart();
        expect((await run('1')).reply.status).toBe('ok');
      });

      test('what computes longer than it may is ended', async () => {
        const { run, exits } = await startOwnKernel(kernel, { limits: { memoryBytes: 1024 ** 3, cpuSeconds: 4 } });
        await expect(run(dialect.loop)).rejects.toThrow('The kernel ended');
        await vi.waitFor(() => expect(exits[0]?.signal).toMatch(/SIGXCPU|SIGKILL/));
      });
    },
  );

test('the words say what holds, and the network never does', async () => {
  const { runtime } = await startOwnKernel('deno');
  const held = Object.fromEntries(runtime.confinement.map(({ topic, isHeld }) => [topic, isHeld]));
  expect(held).toMatchObject({ files: whyNot === null, processes: whyNot === null, network: false, memory: true });
  expect(runtime.confinement.every(({ text }) => /^[A-Z].*\.$/.test(text))).toBe(true);
});

const whyNotHere = whyNot ?? (process.getuid?.() === 0 ? null : 'only root may write there.');

test.skipIf(whyNotHere !== null)(
  `data that lie under a folder of the system are covered${whyNotHere === null ? '' : ` (skipped: ${whyNotHere})`}`,
  async () => {
    const data = '/opt/brine-test-data';
    const before = process.env.BRINE_DATA;
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'secret'), 'do not tell');
    process.env.BRINE_DATA = data;
    onTestFinished(() => {
      process.env.BRINE_DATA = before;
      rmSync(data, { recursive: true });
    });
    const { run } = await startOwnKernel('deno');
    expect((await run(`[...Deno.readDirSync("${data}")].length`)).reply.status).toBe('ok');
    expect((await run(`Deno.readTextFileSync("${data}/secret")`)).reply.error?.evalue).toMatch(/no such file/i);
  },
);
