import { expect, test } from 'vitest';
import { endJob } from '@/server/workflows/job/end-job';
import type { Job } from '@/server/workflows/job/load-job';

test.each(["Can't reach database server at 127.0.0.1:5432", 'Server has closed the connection.'])(
  'a database that is away while outputs are stored (%s) does not make the output unreadable',
  async (message) => {
    const away = new Error(`Raw query failed. Code: \`N/A\`. Message: \`${message}\``);
    const engine = { keep: [], parse: () => Promise.reject(away) };
    const job = { row: { id: 'x' }, engine, context: {}, task: { kind: 'scf' } } as unknown as Job;
    const run = { id: 'x', attempt: 0, folder: '/nonexistent' };
    await expect(endJob(job, run, { kind: 'exited', exitCode: 0 })).rejects.toBe(away);
  },
);
