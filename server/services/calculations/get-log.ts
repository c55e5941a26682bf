import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import type { LogText } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { outputsOf } from './outputs';
import { requireCalculation } from './require-calculation';

const BYTES_MAX = 64 * 1024;

/** The ends of the standard streams of a calculation's jobs: from the blob store, or from the run's folder while it runs. */
export async function getLog(
  actor: Actor,
  { id, process }: { id: string; process?: string | null | undefined },
): Promise<LogText[]> {
  const scope = await projectScope(actor, 'read');
  await requireCalculation(scope, id);
  const jobs = await db().process.findMany({
    where: { calculationId: id, kind: 'job', ...(process ? { name: process } : {}) },
    orderBy: { ordinal: 'asc' },
  });
  const stored = await outputsOf(id, 'files');
  return Promise.all(
    jobs.map(async (job) => {
      const files = stored.find((link) => link.process.id === job.id)?.dataNode?.files ?? [];
      const read = async (name: string): Promise<string | null> => {
        const file = files.find((candidate) => candidate.name === name);
        return file ? (await readBlob(file.sha256)).toString('utf8') : readEnd(join(env().runFolder, job.id, name));
      };
      const [stdout, stderr] = await Promise.all([read('stdout'), read('stderr')]);
      return {
        processId: job.id,
        process: job.name,
        stdout: (stdout ?? '').slice(-BYTES_MAX),
        stderr: (stderr ?? '').slice(-BYTES_MAX),
        isTruncated: (stdout?.length ?? 0) > BYTES_MAX || (stderr?.length ?? 0) > BYTES_MAX,
      };
    }),
  );
}

/** One byte more than is shown, so that the reader can tell that something is missing. */
async function readEnd(path: string): Promise<string | null> {
  // A link is not followed: it may lead out of the folder.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    const length = Math.min(size, BYTES_MAX + 1);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
