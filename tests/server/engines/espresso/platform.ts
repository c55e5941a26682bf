import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import type { Actor } from '@/server/services/actor';
import { type TestWorker, untilState } from '../../workflows/workers';

/** Whether Quantum ESPRESSO is installed on the machine of the tests. */
export const hasEspresso = (process.env.PATH ?? '').split(delimiter).some((folder) => {
  try {
    accessSync(join(folder, 'pw.x'), constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/** A worker with the real kernel and the real pw.x. */
export async function startRealWorker(environment: Record<string, string> = {}): Promise<TestWorker> {
  let log = '';
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/worker.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, BRINE_SEED: '0', BRINE_CORES: '2', ...environment },
  });
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (log += chunk));
  await new Promise<void>((settle, reject) => {
    child.once('message', () => settle());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}:\n${log}`)));
  });
  return { process: child, log: () => log };
}

/** Submits a calculation as `brine run` does, waits for its end and gives its results. */
export async function compute(actor: Actor, file: object) {
  const caller = createCaller({ actor });
  const { id } = await caller.calculations.run({ useCache: false, ...file } as never);
  const state = await untilState(id, ['finished', 'failed', 'killed'], 300_000);
  const jobs = await db().process.findMany({ where: { calculationId: id }, orderBy: { ordinal: 'asc' } });
  return { id, state, jobs, results: await caller.calculations.results({ id }) };
}
