import { setTimeout as sleep } from 'node:timers/promises';
import { admit } from '@/server/computers/direct/admit';
import { db } from '@/server/db/client';
import { loadQueue } from '@/server/services/processes/queue';
import { ROOM_CHANNEL, startAttempt } from '@/server/services/processes/transition';
import { onNotice } from './notices';
import { workerState } from './worker-state';

/** Changes are told; a notice may be lost with a connection, and a job becomes overdue by itself. */
const INTERVAL_MS = 1_000;
interface Waiter {
  computerId: string;
  admitted(attempt: number): void;
  failed(err: unknown): void;
}

/** Between two rounds: where much happens, one round answers several changes. */
const GATHER_MS = 15;
const waiters = new Map<string, Waiter>();
let timer: NodeJS.Timeout | null = null;
let unlisten = () => {};
/** The round under way, and whether something changed since it began. */
let current: Promise<Map<string, number>> | null = null;
let isDue = false;

/** Resolves with the number of the attempt once the computer has room for the job; its state is then running. */
export function waitForAdmission(processId: string, computerId: string): Promise<number> {
  return new Promise((resolve, reject) => {
    if (waiters.size === 0) begin();
    waiters.set(processId, { computerId, admitted: resolve, failed: reject });
    lookForRoom();
  });
}

/** Gives up waiting. Where the job was admitted in the same moment, the number of the attempt: its state is then running. */
export async function leaveQueue(processId: string): Promise<number | null> {
  forget(processId);
  return (await current?.catch(() => null))?.get(processId) ?? null;
}

function begin(): void {
  timer = setInterval(lookForRoom, INTERVAL_MS);
  unlisten = onNotice(ROOM_CHANNEL, lookForRoom);
}

function forget(processId: string): void {
  if (!waiters.delete(processId) || waiters.size > 0) return;
  if (timer) clearInterval(timer);
  unlisten();
}

/** A round, now or right after the one under way. */
function lookForRoom(): void {
  isDue = true;
  if (!current) void rounds();
}

async function rounds(): Promise<void> {
  for (let count = 0; isDue && waiters.size > 0 && !workerState().shutdown.signal.aborted; count++) {
    if (count > 0) await sleep(GATHER_MS);
    isDue = false;
    try {
      current = admitEverywhere();
      for (const [id, attempt] of await current) {
        const waiter = waiters.get(id);
        forget(id);
        waiter?.admitted(attempt);
      }
    } catch (err) {
      for (const [id, waiter] of [...waiters]) {
        forget(id);
        waiter.failed(err);
      }
    }
  }
  current = null;
}

async function admitEverywhere(): Promise<Map<string, number>> {
  const computers = new Set([...waiters.values()].map(({ computerId }) => computerId));
  const admitted = await Promise.all([...computers].map(admitJobs));
  return new Map(admitted.flatMap((some) => [...some]));
}

/** One round under the computer's lock, so that several workers never fill it twice. */
async function admitJobs(computerId: string): Promise<Map<string, number>> {
  const { workerId } = workerState();
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${computerId}, 0))`;
    const { running, waiting, limits, isEnabled } = await loadQueue(tx, computerId);
    // A computer that was switched off takes no new jobs.
    if (!isEnabled) return new Map<string, number>();
    const admitted = new Map<string, number>();
    for (const id of admit(running, waiting, limits, new Date())) {
      if (!waiters.has(id)) continue;
      const attempt = await startAttempt(workerId, id, tx);
      if (attempt !== null) admitted.set(id, attempt);
    }
    return admitted;
  });
}
