import { expect, test } from 'vitest';
import { specOf, startOwnKernel, textOf } from '../server/runtime/jupyter/kernel';

const isThere = specOf('python3') !== null;

test.skipIf(!isThere)(
  `Python’s kernel keeps what a busy machine has not read yet: it threw lines away behind a thousand${isThere ? '' : ' (skipped: python3 is not installed)'}`,
  async () => {
    const { run } = await startOwnKernel('python3');
    // Zero: as many messages as come wait, and none is dropped.
    expect(textOf((await run('get_ipython().kernel.iopub_thread.socket.sndhwm')).said)).toBe('0');
    expect(textOf((await run('__name__, [name for name in dir() if "bind" in name]')).said)).toBe("('__main__', [])");
  },
);
