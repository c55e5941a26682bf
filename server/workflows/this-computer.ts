import { hostname, totalmem } from 'node:os';
import { db } from '@/server/db/client';
import { env } from '@/server/env';

/** Share of the memory that jobs may take together: the rest is for the platform and the system. */
const MEMORY_SHARE = 0.8;

/** The platform's row for the machine it runs on, with today's cores and memory. */
export async function ensureThisComputer(): Promise<string> {
  const size = { cores: env().cores, memoryBytes: BigInt(Math.floor(totalmem() * MEMORY_SHARE)) };
  const computer = await db().computer.upsert({
    where: { key: `local:${hostname()}` },
    update: size,
    create: {
      key: `local:${hostname()}`,
      name: 'This computer',
      description: `${hostname()}: jobs run beside the platform`,
      transport: 'local',
      scheduler: 'direct',
      ...size,
    },
  });
  return computer.id;
}
