import { db } from '@/server/db/client';
import { leaveQueue } from '../scheduler';
import { onStopTold, wasTold } from '../stop-requests';

const POLL_MS = 3_000;

/** Resolves with null when a person asks for the end of the job: told by the database, or seen in its row. */
export function untilStopped(row: { id: string; calculationId: string }): { promise: Promise<null>; cancel(): void } {
  let cancel = () => {};
  const promise = new Promise<null>((resolve) => {
    const stop = () => {
      leaveQueue(row.id);
      resolve(null);
    };
    const look = async () => {
      const found = await db().process.findUnique({ where: { id: row.id }, select: { stopRequestedAt: true } });
      if (found?.stopRequestedAt) stop();
    };
    const forget = onStopTold(() => wasTold(row.calculationId) && stop());
    const timer = setInterval(() => void look().catch(() => undefined), POLL_MS);
    cancel = () => {
      clearInterval(timer);
      forget();
    };
    void look().catch(() => undefined);
  });
  return { promise, cancel: () => cancel() };
}
