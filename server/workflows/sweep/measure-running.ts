import { join } from 'node:path';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { driverOf } from '../drivers';
import { measureRun } from '../job/measure-run';

const AT_ONCE = 500;

/** What jobs hold that have begun and not ended; of those that end it is noted then. */
export async function measureRunning(): Promise<void> {
  const running = await db().process.findMany({
    where: { kind: 'job', state: { in: ['running', 'paused'] }, attempt: { gt: 0 }, computerId: { not: null } },
    select: { id: true, attempt: true, computerId: true },
    take: AT_ONCE,
  });
  for (const { id, attempt, computerId } of running)
    await measureRun({ id, attempt, folder: join(env().runFolder, id) }, await driverOf(computerId!).catch(() => null));
}
