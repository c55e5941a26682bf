import { admit } from '@/server/computers/direct/admit';
import { db } from '@/server/db/client';
import { loadQueue } from '@/server/services/processes/queue';
import { transition } from '@/server/services/processes/transition';
import { workerState } from './worker-state';

const INTERVAL_MS = 300;
const waiters = new Map<string, { admitted(attempt: number): void; failed(err: unknown): void }>();
let timer: NodeJS.Timeout | null = null;
let isBusy = false;

/** Resolves with the number of the attempt once the computer has room for the job; its state is then running. */
export function waitForAdmission(processId: string): Promise<number> {
  return new Promise((resolve, reject) => {
    waiters.set(processId, { admitted: resolve, failed: reject });
    timer ??= setInterval(() => void round(), INTERVAL_MS);
    void round();
  });
}

/** Gives up waiting, for a job that was stopped while queued. */
export function leaveQueue(processId: string): void {
  waiters.delete(processId);
  if (waiters.size > 0 || !timer) return;
  clearInterval(timer);
  timer = null;
}

async function round(): Promise<void> {
  if (isBusy || waiters.size === 0 || workerState().shutdown.signal.aborted) return;
  isBusy = true;
  try {
    for (const [id, attempt] of await admitJobs()) {
      const waiter = waiters.get(id);
      leaveQueue(id);
      waiter?.admitted(attempt);
    }
  } catch (err) {
    for (const [id, waiter] of [...waiters]) {
      leaveQueue(id);
      waiter.failed(err);
    }
  } finally {
    isBusy = false;
  }
}

/** One round under the computer's lock, so that several workers never fill it twice. */
async function admitJobs(): Promise<Map<string, number>> {
  const { workerId, computerId } = workerState();
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${computerId}, 0))`;
    const computer = await tx.computer.findUniqueOrThrow({ where: { id: computerId } });
    const limits = { cores: computer.cores, memoryBytes: Number(computer.memoryBytes) };
    const { running, waiting } = await loadQueue(tx, computerId);
    const admitted = new Map<string, number>();
    for (const id of admit(running, waiting, limits, new Date())) {
      if (!waiters.has(id)) continue;
      if (!(await transition(workerId, { processId: id, to: 'running', phase: 'starting' }, tx))) continue;
      const { attempt } = await tx.process.update({
        where: { id },
        data: { attempt: { increment: 1 }, progressLines: 0 },
        select: { attempt: true },
      });
      admitted.set(id, attempt);
    }
    return admitted;
  });
}
