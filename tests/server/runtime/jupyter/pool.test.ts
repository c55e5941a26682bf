import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { whyNoBubblewrap } from '@/server/runtime/jupyter/bubblewrap';
import { RuntimePool } from '@/server/runtime/jupyter/pool';
import type { RuntimeMessage, RuntimeOptions } from '@/server/runtime/jupyter/runtime';
import { dialects } from './dialects';
import { specOf, temporaryFolder, textOf } from './kernel';

const whyNot = whyNoBubblewrap();
const [deno, python] = dialects as [(typeof dialects)[0], (typeof dialects)[0]];

const ignore = () => undefined;

function openPool() {
  const root = temporaryFolder();
  const pool = new RuntimePool(join(root, 'waiting'));
  onTestFinished(() => pool.close());
  return { pool, root };
}

const optionsOf = (kernel: string, folder: string, environment = {}): RuntimeOptions => ({
  ...{ spec: specOf(kernel)!, folder, environment, limits: { memoryBytes: 1024 ** 3 } },
});

const untilWarm = (pool: RuntimePool) =>
  expect.poll(() => readdirSync(pool.folder).length, { timeout: 10_000 }).toBe(1);

test('a notebook gets a kernel of its own where none waited, and its folder is made', async () => {
  const { pool, root } = openPool();
  const folder = join(root, 'deep', 'notebook');
  const runtime = await pool.start(optionsOf('deno', folder), ignore, ignore);
  onTestFinished(() => runtime.shutdown());
  await runtime.execute(deno.writeFile('mine'));
  expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('written');
});

describe.skipIf(whyNot !== null)(`with a sandbox${whyNot ? ` (skipped: ${whyNot})` : ''}`, () => {
  test.each([deno, python].filter(({ kernel }) => specOf(kernel)))(
    '$kernel that waited becomes the notebook’s: its folder, its environment, its messages',
    async (dialect) => {
      const { pool, root } = openPool();
      const folder = join(root, 'notebook');
      pool.warm(optionsOf(dialect.kernel, ''));
      const inWaiting = join(pool.folder, readdirSync(pool.folder)[0]!);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      const messages: RuntimeMessage[] = [];
      const options = optionsOf(dialect.kernel, folder, { BRINE_TOKEN: 'päss 𝒜 "\'\\\n' });
      const runtime = await pool.start(options, (message) => messages.push(message), ignore);
      onTestFinished(() => runtime.shutdown());
      expect(messages).toEqual([]);
      await runtime.execute('1 + 1', { id: 'one' });
      expect(messages.filter(({ parentId }) => parentId !== 'one')).toEqual([]);
      expect(existsSync(inWaiting)).toBe(false);
      await runtime.execute(dialect.writeFile('mine'));
      expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('written');
      const code =
        dialect === deno
          ? 'Deno.env.get("BRINE_TOKEN") === "päss 𝒜 \\"\'\\\\\\n"'
          : 'os = __import__("os"); os.environ["BRINE_TOKEN"] == "päss 𝒜 \\"\'\\\\\\n"';
      await runtime.execute(code, { id: 'token' });
      expect(textOf(messages.filter(({ parentId }) => parentId === 'token'))).toMatch(/true/i);
      await runtime.restart();
      await runtime.execute(dialect.readFile('mine'), { id: 'again' });
      expect(textOf(messages.filter(({ parentId }) => parentId === 'again'))).toContain('written');
      await untilWarm(pool);
    },
  );

  test('a notebook with files, another kernel or other limits starts its own', async () => {
    const { pool, root } = openPool();
    pool.warm(optionsOf('deno', ''));
    const [waiting] = readdirSync(pool.folder);
    const folder = join(root, 'notebook');
    mkdirSync(folder);
    writeFileSync(join(folder, 'data'), 'mine');
    const withFiles = await pool.start(optionsOf('deno', folder), ignore, ignore);
    const withLimits = await pool.start(
      { ...optionsOf('deno', temporaryFolder()), limits: { memoryBytes: 2 ** 31 } },
      ignore,
      ignore,
    );
    expect(readFileSync(join(folder, 'data'), 'utf8')).toBe('mine');
    expect(readdirSync(pool.folder)).toEqual([waiting]);
    await Promise.all([withFiles.shutdown(), withLimits.shutdown()]);
  });

  test('only one waits, of the kernel that was asked for last, and closing ends it', async () => {
    const { pool } = openPool();
    pool.warm(optionsOf('deno', ''));
    const [first] = readdirSync(pool.folder);
    pool.warm({ ...optionsOf('deno', ''), limits: { memoryBytes: 2 ** 31 } });
    await untilWarm(pool);
    expect(readdirSync(pool.folder)).not.toContain(first);
    await pool.close();
    expect(readdirSync(pool.folder)).toEqual([]);
  });

  test('one that ended while it waited is not given out, nor one that did not start', async () => {
    const { pool, root } = openPool();
    pool.warm(optionsOf('deno', ''));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
    const waiting = stdout.split('\n').filter((line) => line.includes(`${pool.folder}/warm-`));
    for (const line of waiting) process.kill(Number.parseInt(line, 10), 'SIGKILL');
    const runtime = await pool.start(optionsOf('deno', join(root, 'one')), ignore, ignore);
    onTestFinished(() => runtime.shutdown());
    expect((await runtime.execute('1')).status).toBe('ok');
    const broken = optionsOf('deno', join(root, 'two'));
    broken.spec = { ...broken.spec, argv: ['/bin/false'] };
    pool.warm(broken);
    await expect(pool.start(broken, ignore, ignore)).rejects.toThrow('did not start');
  });
});
