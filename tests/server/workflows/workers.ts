import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import type { Actor } from '@/server/services/actor';

export interface TestWorker {
  process: ChildProcess;
  log(): string;
}

/** A real worker process that runs the stand-in kernel. */
export async function startWorker(): Promise<TestWorker> {
  let log = '';
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/worker.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      BRINE_KERNEL: resolve('tests/server/stand-in-kernel.mjs'),
      BRINE_LEASE_SECONDS: '15',
      BRINE_SEED: '0',
      BRINE_CORES: '2',
    },
  });
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (log += chunk));
  await new Promise<void>((settle, reject) => {
    child.once('message', () => settle());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}:\n${log}`)));
  });
  return { process: child, log: () => log };
}

/** Ends a worker and waits for it. */
export function endWorker({ process: child }: TestWorker, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((settle) => {
    child.once('exit', () => settle());
    child.kill(signal);
  });
}

export const silicon = {
  cellAngstrom: [
    [0, 2.715, 2.715],
    [2.715, 0, 2.715],
    [2.715, 2.715, 0],
  ],
  sites: [
    { element: 'Si', fractional: [0, 0, 0] },
    { element: 'Si', fractional: [0.25, 0.25, 0.25] },
  ],
} as const;

/** Submits silicon's bands and density of states; the self-consistent job takes 50 ms an iteration. */
export async function submitSilicon(
  actor: Actor,
  iterations: number,
  overrides: Record<string, number> = {},
  useCache = false,
) {
  const caller = createCaller({ actor });
  return caller.calculations.run({
    structure: structuredClone(silicon) as never,
    properties: { bands: {}, dos: {} },
    protocol: 'fast',
    electronicType: 'insulator',
    overrides: { maxIterations: iterations, ...overrides },
    resources: { cores: 1 },
    useCache,
  });
}

export async function untilState(calculationId: string, states: string[], timeoutMs = 300_000): Promise<string> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const root = await db().process.findUniqueOrThrow({ where: { id: calculationId } });
    if (states.includes(root.state)) return root.state;
    if (Date.now() > deadline) {
      const rows = await db().process.findMany({ where: { calculationId } });
      throw new Error(`still ${root.state}: ${JSON.stringify(rows.map((row) => [row.name, row.state, row.failure]))}`);
    }
    await sleep(50);
  }
}

/** Waits until the self-consistent job has told `count` iterations; gives its process id. */
export async function untilIteration(calculationId: string, count: number): Promise<string> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const job = await db().process.findFirst({ where: { calculationId, name: 'scf' } });
    if (job && job.progressLines > count) return job.id;
    if (Date.now() > deadline)
      throw new Error(`the job has told ${job?.progressLines ?? 'no'} lines, state ${job?.state}`);
    await sleep(30);
  }
}

/** How often the program of a job was started. */
export function countRuns(processId: string): number {
  const file = join(process.env.BRINE_DATA!, 'runs', processId, 'runs.log');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
}
