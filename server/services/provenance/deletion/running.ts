import type { Database } from '@/server/db/client';
import { terminalStates } from '@/server/schemas/process';
import type { Part } from './closure';

const LISTED_MAX = 20;

/**
 * The processes that have not ended, the outermost of each tree; and calculations that would wait for ever for one that goes. Two
 * questions in one: either has its index, while one condition or the other would have every process looked at.
 */
export async function runningAmong(db: Database, { processes }: Part): Promise<{ id: string; title: string }[]> {
  const ids = [...processes];
  const ended = [...terminalStates];
  return db.$queryRaw`
    SELECT p."id", p."title" FROM "Process" p LEFT JOIN "Process" parent ON parent."id" = p."parentId"
      WHERE p."id" = ANY(${ids}::uuid[]) AND p."state" <> ALL(${ended}::"ProcessState"[])
        AND (parent."id" IS NULL OR parent."state" = ANY(${ended}::"ProcessState"[]))
    UNION SELECT p."id", p."title" FROM "CalculationWait" w JOIN "Process" p ON p."calculationId" = w."calculationId"
      WHERE w."metAt" IS NULL AND w."afterId" = ANY(${ids}::uuid[]) AND p."parentId" IS NULL
        AND p."state" <> ALL(${ended}::"ProcessState"[])
    ORDER BY "id" LIMIT ${LISTED_MAX}`;
}
