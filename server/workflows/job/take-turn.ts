import { db } from '@/server/db/client';
import type { ProcessState } from '@/server/schemas/process';
import { transition } from '@/server/services/processes/transition';
import { settleWorkflows } from '@/server/services/processes/wishes';
import { leaveQueue, waitForAdmission } from '../scheduler';
import { workerState } from '../worker-state';
import { until } from './wishes';

interface Row {
  id: string;
  calculationId: string;
  state: ProcessState;
}

/**
 * Waits for the job's turn: first until nobody wants it to wait, then for room on the computer. Gives the number of the attempt;
 * null when a person stopped it meanwhile.
 */
export async function takeTurn(row: Row, computerId: string): Promise<number | null> {
  // Who finds it paused takes it up again.
  let wasPaused = row.state === 'paused';
  for (;;) {
    const wish = await first(row, ({ isStopped, isPaused }) => (isStopped ? 'stop' : isPaused ? 'pause' : 'none'));
    if (wish === 'stop') return null;
    if (wish === 'none') {
      if (wasPaused) await move(row, 'queued');
      else await transition(workerState().workerId, { processId: row.id, to: 'queued' });
      const turn = await waitInQueue(row, computerId);
      if (turn !== 'pause') return turn;
    }
    await move(row, 'paused');
    wasPaused = true;
    const next = await first(row, ({ isStopped, isPaused }) => (isStopped ? 'stop' : isPaused ? undefined : 'go-on'));
    if (next === 'stop') return null;
  }
}

async function waitInQueue(row: Row, computerId: string): Promise<number | null | 'pause'> {
  const wish = until(row, ({ isStopped, isPaused }) => (isStopped ? 'stop' : isPaused ? 'pause' : undefined));
  try {
    const won = await Promise.race([waitForAdmission(row.id, computerId), wish.promise]);
    if (typeof won === 'number') return won;
    // Admitted in the same moment it starts, and the one who watches it hears of the wish.
    const attempt = await leaveQueue(row.id);
    return won === 'stop' ? null : (attempt ?? 'pause');
  } finally {
    wish.cancel();
  }
}

async function first<Value>(row: Row, answer: Parameters<typeof until<Value>>[1]): Promise<Value> {
  const waiting = until(row, answer);
  try {
    return await waiting.promise;
  } finally {
    waiting.cancel();
  }
}

/** With the workflows above it: theirs is the state that people see first. */
async function move({ id: processId, calculationId }: Row, to: 'paused' | 'queued'): Promise<void> {
  await db().$transaction(async (tx) => {
    await transition(workerState().workerId, { processId, to }, tx);
    await settleWorkflows(tx, calculationId);
  });
}
