import { setTimeout as sleep } from 'node:timers/promises';
import type { ComputerError } from '@/server/computers/computer-error';
import { db } from '@/server/db/client';
import { logger } from '@/server/log';
import type { ProcessState } from '@/server/schemas/process';
import { type Transition, transition } from '@/server/services/processes/transition';
import { settleWorkflows } from '@/server/services/processes/wishes';
import { leaveToOthers, workerState } from '../worker-state';

const POLL_MS = 1_000;

/** Pauses a job whose computer does not do what it should, with the reason. */
export async function pauseJob(processId: string, { code, message, advice }: ComputerError): Promise<void> {
  logger.warn({ processId, code }, message);
  await move({ processId, to: 'paused', failure: { code, message, advice } });
}

/** With the workflows above it: theirs is the state that people see first. */
async function move(change: Transition): Promise<void> {
  await db().$transaction(async (tx) => {
    await transition(workerState().workerId, change, tx);
    const { calculationId } = await tx.process.findUniqueOrThrow({ where: { id: change.processId } });
    await settleWorkflows(tx, calculationId!);
  });
}

/** Waits until a person lets it go on, and says so in its row; false where they stop it instead. */
export async function untilGoOn(processId: string): Promise<boolean> {
  for (;;) {
    const row = await db().process.findUniqueOrThrow({
      where: { id: processId },
      select: { stopRequestedAt: true, goOnRequestedAt: true, attempt: true },
    });
    if (row.stopRequestedAt) return false;
    if (row.goOnRequestedAt) {
      // An attempt that was begun may run on the computer: it is looked for, not begun again.
      const to: ProcessState = row.attempt > 0 ? 'running' : 'queued';
      await move({ processId, to, failure: null });
      return true;
    }
    if (workerState().shutdown.signal.aborted) return leaveToOthers();
    await sleep(POLL_MS);
  }
}
