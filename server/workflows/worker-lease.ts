import { hostname } from 'node:os';
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
    where: { id: workerId, leaseUntil: { gt: now }, stoppedAt: null },
    data: { heartbeatAt: now, leaseUntil: leaseUntil() },
  });
  return count === 1;
}

export async function endLease(workerId: string): Promise<void> {
  const now = new Date();
  await db().worker.updateMany({ where: { id: workerId }, data: { stoppedAt: now, leaseUntil: now } });
}

/**
 * Workers that are gone and whose workflows nobody has taken over yet: the lease ran out, or the process is seen to be dead
 * on this machine. Each is claimed by one living worker.
 */
export async function claimDeadWorkers(workerId: string): Promise<string[]> {
  const now = new Date();
  const others = await db().worker.findMany({ where: { id: { not: workerId }, recoveredAt: null } });
  const dead = others.filter((other) => {
    if (other.stoppedAt || other.leaseUntil <= now) return true;
    const isHere = other.hostName === hostname() && other.bootId !== '-';
    return isHere && !isRunning({ pid: other.pid, bootId: other.bootId, startTicks: other.pidStart });
  });
  const claimed: string[] = [];
  for (const { id } of dead) {
    const { count } = await db().worker.updateMany({
      where: { id, recoveredAt: null },
      // With the lease ended here, what it held can be taken over.
      data: { recoveredAt: now, leaseUntil: now },
    });
    if (count === 1) claimed.push(id);
  }
  return claimed;
}
