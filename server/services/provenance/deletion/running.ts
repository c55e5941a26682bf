import type { Database } from '@/server/db/client';
import { terminalStates } from '@/server/schemas/process';
import type { Part } from './closure';

const LISTED_MAX = 20;

/** The processes that have not ended, the outermost of each tree. */
export async function runningAmong(db: Database, { processes }: Part): Promise<{ id: string; title: string }[]> {
  return db.process.findMany({
    where: {
      id: { in: [...processes] },
      state: { notIn: [...terminalStates] },
      OR: [{ parentId: null }, { parent: { state: { in: [...terminalStates] } } }],
    },
    select: { id: true, title: true },
    take: LISTED_MAX,
  });
}
