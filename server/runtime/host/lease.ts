import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RuntimeHost } from '@/generated/prisma/client';
import { identityOf, isRunning } from '@/server/computers/local/process-identity';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { env } from '@/server/env';
import { renewTokens, takeBackAllTokens } from '../lent-tokens';

/** Any fixed number: of two processes at once one gets the lease. */
const LOCK = 7_205_116_302;
const LOOK_AGAIN_MS = 300;

const leaseUntil = () => new Date(Date.now() + env().leaseSeconds * 1000);

/** Waits until no other process owns the notebooks, and takes the lease. Gives its id. */
export async function takeLease(port: number, signal: AbortSignal): Promise<string> {
  for (;;) {
    signal.throwIfAborted();
    const id = await tryLease(port);
    if (id) return id;
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
}

function tryLease(port: number): Promise<string | null> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${LOCK})::text`;
    const others = await tx.runtimeHost.findMany({ where: { stoppedAt: null, leaseUntil: { gt: new Date() } } });
    if (others.some((other) => !isDead(other))) return null;
    const now = new Date();
    // They may not write any more, should they live after all.
    await tx.runtimeHost.updateMany({ where: { stoppedAt: null }, data: { stoppedAt: now, leaseUntil: now } });
    await takeBackAllTokens(tx);
    const { pid, bootId, startTicks } = identityOf(process.pid);
    const row = {
      id: newId(),
      hostName: hostname(),
      bootId,
      pid,
      pidStart: startTicks,
      port,
      leaseUntil: leaseUntil(),
    };
    return (await tx.runtimeHost.create({ data: row })).id;
  });
}

/** Renews also the tokens of its runtimes. false where it ran out before: another process may own the notebooks, and this one must end. */
export async function renewLease(id: string): Promise<boolean> {
  const { count } = await db().runtimeHost.updateMany({
    where: { id, leaseUntil: { gt: new Date() }, stoppedAt: null },
    data: { leaseUntil: leaseUntil() },
  });
  if (count === 1) await renewTokens({ runtimeHostId: id });
  return count === 1;
}

export async function endLease(id: string): Promise<void> {
  const now = new Date();
  await db().runtimeHost.updateMany({ where: { id }, data: { stoppedAt: now, leaseUntil: now } });
}

/** Seen to be dead on this machine, long before its lease runs out. */
function isDead({ hostName, bootId, pid, pidStart }: RuntimeHost): boolean {
  return hostName === hostname() && bootId !== '-' && !isRunning({ pid, bootId, startTicks: pidStart });
}
