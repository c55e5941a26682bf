import { db } from '@/server/db/client';
import { type CycleChange, RESTARTS_MAX, restartHandlers } from '@/server/engines/restart-handlers.data';
import type { Failure } from '@/server/schemas/process';
import { appendEvents } from '@/server/services/processes/events';
import type { Job } from './load-job';

/** What the handlers that were tried change together: the last one counts. */
export function cycleOf(tried: string[]): CycleChange | null {
  const last = tried.at(-1);
  const handlers = Object.values(restartHandlers.planewave).flat();
  return handlers.find(({ note }) => note === last)?.changes[0] ?? null;
}

/**
 * Whether a failure has a restart handler that was not tried yet. It is then recorded with the process, so that another worker knows it
 * too, and told as a note. The runner of pw.x has its handlers in the job itself; a number of iterations set by hand is left alone.
 */
export async function takeRestart(job: Job, failure: Failure): Promise<boolean> {
  const { row, context, engine } = job;
  const { restarts, resolved } = context;
  if (!restarts || engine.name !== 'planewave' || resolved.maxIterations.overridden) return false;
  const handler = (restartHandlers.planewave[failure.code] ?? []).find(({ note }) => !row.restarts.includes(note));
  if (!handler || row.restarts.length >= RESTARTS_MAX) return false;
  row.restarts = [...row.restarts, handler.note];
  context.cycle = cycleOf(row.restarts);
  const { id: processId, projectId, calculationId } = row;
  const data = { restarts: row.restarts, failuresMet: { push: failure.code } };
  await db().$transaction(async (tx) => {
    await tx.process.update({ where: { id: processId }, data });
    await appendEvents(tx, { projectId, calculationId, processId }, [{ kind: 'note', message: handler.note }]);
  });
  return true;
}
