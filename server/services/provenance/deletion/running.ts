import type { Database } from '@/server/db/client';
import { terminalStates } from '@/server/schemas/process';
import type { Part } from './closure';

const LISTED_MAX = 20;

/** The processes that have not ended, the outermost of each tree; and calculations that would wait for ever for one that goes. */
export async function runningAmong(db: Database, { processes }: Part): Promise<{ id: string; title: string }[]> {
  const ids = [...processes];
  return db.process.findMany({
    where: {
      state: { notIn: [...terminalStates] },
      OR: [
        { id: { in: ids }, parentId: null },
        { id: { in: ids }, parent: { state: { in: [...terminalStates] } } },
        { parentId: null, calculation: { waits: { some: { metAt: null, afterId: { in: ids } } } } },
      ],
    },
    select: { id: true, title: true },
    take: LISTED_MAX,
  });
}
