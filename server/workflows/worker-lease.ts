import { hostname } from 'node:os';
import type { Worker } from '@/generated/prisma/client';
import { identityOf, isRunning } from '@/server/computers/local/process-identity';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { env, VERSION } from '@/server/env';

const leaseUntil = () => new Date(Date.now() + env().leaseSeconds * 1000);

/** Registers this process as a worker with a lease. The id is also its executor id in DBOS. */
export async function registerWorker(): Promise<string> {
  const { pid, bootId, startTicks } = identityOf(process.pid);
  const worker = await db().worker.create({
    data: {
      id: newId(),
      hostName: hostname(),
      bootId,
      pid,
      pidStart: startTicks,
      version: VERSION,
      leaseUntil: leaseUntil(),
    },
  });
  return worker.id;
}

/** Renews the lease; false where it ran out before, so that others may have taken over: the worker then must end itself. */
export async function renewLease(workerId: string): Promise<boolean> {
  const now = new Date();
  const { count } = await db().worker.updateMany({
    // A renewal that waited while another took over is compared with that one's row, and by a clock that stood still meanwhile.
    where: { id: workerId, leaseUntil: { gt: now }, stoppedAt: null, recoveredAt: null },
    data: { heartbeatAt: now, leaseUntil: leaseUntil() },
  });
  return count === 1;
}

export async function endLease(workerId: string): Promise<void> {
  const now = new Date();
  await db().worker.updateMany({ where: { id: workerId }, data: { stoppedAt: now, leaseUntil: now } });
}

/** For the workflows of one worker to be put back. */
const TAKE_OVER_MAX_MS = 60_000;

/**
 * Takes over what workers that are gone held, and nobody has taken over yet: their lease ran out, or the process is seen to be dead on
 * this machine. Each is taken by one living worker, wholly: should that die meanwhile, another does it. Gives the sum of what `takeOver` gives.
 */
export async function takeOverDeadWorkers(
  workerId: string,
  takeOver: (deadId: string) => Promise<number>,
): Promise<number> {
  await missOrphans();
  const others = await db().worker.findMany({ where: { id: { not: workerId }, recoveredAt: null } });
  let count = 0;
  for (const { id } of others.filter(isDead)) {
    // For all to see before its workflows go to others: they take over only what no lasting lease holds.
    await db().worker.updateMany({ where: { id, recoveredAt: null }, data: { leaseUntil: new Date() } });
    await db().$transaction(
      async (tx) => {
        // Others wait here until this commits.
        const claim = await tx.worker.updateMany({
          // Not where it renewed its lease after all.
          where: { id, recoveredAt: null, leaseUntil: { lte: new Date() } },
          data: { recoveredAt: new Date() },
        });
        if (claim.count === 1) count += await takeOver(id);
      },
      { timeout: TAKE_OVER_MAX_MS },
    );
  }
  return count;
}

/** A worker that was taken over while it lived takes up more until it notices: that is taken over, too. */
async function missOrphans(): Promise<void> {
  const now = new Date();
  await db().$executeRaw`
    UPDATE "Worker" w SET "recoveredAt" = NULL
    WHERE w."recoveredAt" IS NOT NULL AND w."leaseUntil" <= ${now}
      AND w."id"::text IN (SELECT s."executor_id" FROM dbos."workflow_status" s WHERE s."status" = 'PENDING')`;
}

function isDead({ stoppedAt, leaseUntil, hostName, bootId, pid, pidStart }: Worker): boolean {
  if (stoppedAt || leaseUntil <= new Date()) return true;
  const isHere = hostName === hostname() && bootId !== '-';
  return isHere && !isRunning({ pid, bootId, startTicks: pidStart });
}
