import { db } from '@/server/db/client';
import type { ComputerSummary } from '@/server/schemas/system';
import type { Actor } from '../actor';
import { loadQueue } from '../processes/queue';
import { projectScope } from '../scope';
import { espressoOn } from './machine';

/** The platform's computers and the project's own, with what runs on them now. */
export async function listComputers(actor: Actor): Promise<ComputerSummary[]> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().computer.findMany({ where: { OR: [{ projectId: null }, scope] }, orderBy: { id: 'asc' } });
  return Promise.all(
    rows.map(async (row) => {
      const { running, waiting } = await loadQueue(db(), row.id);
      return {
        id: row.id,
        name: row.name,
        description: row.description,
        transport: row.transport,
        scheduler: row.scheduler,
        isEnabled: row.isEnabled,
        isOwn: row.key !== null,
        cores: row.cores,
        memoryBytes: Number(row.memoryBytes),
        coresInUse: running.reduce((sum, job) => sum + job.cores, 0),
        jobsRunning: running.length,
        jobsWaiting: waiting.length,
        espresso: await espressoOn(scope, row),
      };
    }),
  );
}
