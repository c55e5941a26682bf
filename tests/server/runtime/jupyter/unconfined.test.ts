import { expect, test, vi } from 'vitest';
import { identityOf, isRunning as isProcessRunning } from '@/server/computers/local/process-identity';
import { memoryOf } from '@/server/runtime/jupyter/memory-watch';
import { dialects } from './dialects';
import { specOf, startKernel, startOwnKernel, textOf } from './kernel';

/** One that ended and was not waited for runs no more. */
const isRunning = (pid: number) => isProcessRunning(identityOf(pid));

vi.mock('@/server/runtime/jupyter/bubblewrap', async (load) => ({
  ...(await load<object>()),
  whyNoBubblewrap: () => 'bubblewrap is not installed.',
}));

for (const dialect of dialects)
  test.skipIf(specOf(dialect.kernel) === null)(
    `without bubblewrap ${dialect.kernel} runs in its folder as a process group, is interrupted, and leaves nothing`,
    async () => {
      const { run, runtime } = await startKernel(dialect.kernel);
      await run(dialect.assign);
      expect(textOf((await run(dialect.listFolder('/proc'))).said).match(/\d+/g)).toContain(String(process.pid));
      const loop = run(dialect.loop);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await runtime.interrupt()).toEqual({ hasRestarted: false });
      expect((await loop).reply.status).toBe('error');
      expect(textOf((await run(dialect.read)).said)).toBe('42');
      const child = Number(textOf((await run(dialect.startChild)).said));
      expect(isRunning(child)).toBe(true);
      expect(memoryOf(runtime.pid)).toBeGreaterThan(30e6);
      await runtime.shutdown();
      await vi.waitFor(() => expect(isRunning(child)).toBe(false), 2_000);
    },
  );

test('what it says of its sandbox is then that there is none', async () => {
  const { runtime } = await startOwnKernel('deno');
  expect(runtime.confinement[0]).toMatchObject({
    topic: 'files',
    isHeld: false,
    text: expect.stringContaining('not installed'),
  });
});
