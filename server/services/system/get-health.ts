import { db } from '@/server/db/client';
import { VERSION } from '@/server/env';
import type { Health } from '@/server/schemas/system';

/** Whether the database answers and a worker's lease lasts. */
export async function getHealth(): Promise<Health> {
  try {
    const workers = await db().worker.count({ where: { leaseUntil: { gt: new Date() }, stoppedAt: null } });
    const worker = workers > 0 ? 'ok' : 'absent';
    return { status: worker === 'ok' ? 'ok' : 'degraded', version: VERSION, database: 'ok', worker };
  } catch {
    return { status: 'degraded', version: VERSION, database: 'unreachable', worker: 'absent' };
  }
}
