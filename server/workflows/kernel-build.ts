import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { BackendId } from '@/kernels/planewave/backends/backend';
import { createNodeHost } from '@/kernels/planewave/native';
import { db } from '@/server/db/client';
import { env, VERSION } from '@/server/env';
import type { Program } from './worker-state';

/** The hash of the built kernel, its row among the codes, and the back end it takes on this machine. */
export async function registerKernel(): Promise<{ kernel: Program; backend: BackendId }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(env().kernelFile)) hash.update(chunk);
  const build = hash.digest('hex');
  const { id } = await db().code.upsert({
    where: { program_build: { program: 'planewave', build } },
    update: {},
    create: { program: 'planewave', version: VERSION, build },
  });
  return {
    kernel: { codeId: id, build, version: VERSION, coresMax: null },
    backend: await createNodeHost().defaultBackend(),
  };
}
