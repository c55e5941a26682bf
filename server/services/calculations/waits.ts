import { type Database, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { CalculationWait } from '@/server/schemas/calculation';
import type { ProcessState } from '@/server/schemas/process';
import type { Priority } from '@/server/schemas/settings';
import { appendEvents } from '../processes/events';
import { enqueue } from './enqueue';

/** The failure with which a calculation pauses whose predecessor did not end well. */
export const AFTER_FAILED = 'after-failed';

/** Notes what a new calculation waits for; whether it may begin at once. @throws AppError where one is not there, or ended badly */
export async function openWaits(
  tx: Database,
  { id, projectId, after }: { id: string; projectId: string; after: string[] },
): Promise<boolean> {
  if (after.length === 0) return true;
  const found = await tx.process.findMany({
    where: { projectId, id: { in: after }, parentId: null, calculation: { structureId: { not: null } } },
    select: { id: true, state: true, title: true },
  });
  if (found.length < new Set(after).size)
    throw new AppError('not-found', 'a calculation to wait for is missing', {
      userMessage: 'A calculation that this one is to begin after is not there.',
    });
  const bad = found.find(({ state }) => state === 'failed' || state === 'killed');
  if (bad)
    throw new AppError('blocked', `calculation ${bad.id} is ${bad.state}`, {
      userMessage: `“${bad.title}” has ${words[bad.state]}: this one would never begin. Take it off the calculations to start after.`,
    });
  const now = new Date();
  await tx.calculationWait.createMany({
    data: found.map(({ id: afterId, state }) => ({
      calculationId: id,
      afterId,
      metAt: state === 'finished' ? now : null,
    })),
  });
  return found.every(({ state }) => state === 'finished');
}

const words: Partial<Record<ProcessState, string>> = { failed: 'failed', killed: 'been stopped' };

interface Due {
  id: string;
  projectId: string;
  priority: Priority;
  /** One that ended badly; null where all have ended well. */
  badId: string | null;
}

/**
 * Puts calculations into the queue whose predecessors have all ended well, and pauses those that wait for one that did not. Told at each
 * end of a calculation and looked at in between, by any worker: of two at once one finds nothing to do.
 */
export async function settleWaits(): Promise<void> {
  const due = await db().$queryRaw<Due[]>`
    SELECT p."id", p."projectId", c."priority"::text AS "priority",
      (array_agg(a."id") FILTER (WHERE a."state" IN ('failed', 'killed')))[1] AS "badId"
    FROM "CalculationWait" w
      JOIN "Process" p ON p."id" = w."calculationId" AND p."state" = 'waiting'
      JOIN "Calculation" c ON c."id" = w."calculationId"
      JOIN "Process" a ON a."id" = w."afterId"
    WHERE w."metAt" IS NULL
    GROUP BY p."id", c."id"
    HAVING bool_and(a."state" = 'finished') OR bool_or(a."state" IN ('failed', 'killed'))`;
  for (const one of due) await db().$transaction((tx) => (one.badId === null ? letBegin(tx, one) : hold(tx, one)));
}

/** Ends the waits of a calculation and puts it into the queue, unless another did. */
export async function letBegin(tx: Database, { id, projectId, priority }: Omit<Due, 'badId'>): Promise<void> {
  const { count } = await tx.process.updateMany({ where: { id, state: 'waiting' }, data: { state: 'created' } });
  if (count === 0) return;
  await tx.calculationWait.updateMany({ where: { calculationId: id, metAt: null }, data: { metAt: new Date() } });
  const created = { kind: 'state', state: 'created', phase: null, failure: null } as const;
  await appendEvents(tx, { projectId, calculationId: id, processId: id }, [created]);
  await enqueue(tx, id, priority);
}

async function hold(tx: Database, { id, projectId, badId }: Due): Promise<void> {
  const bad = await tx.process.findUniqueOrThrow({ where: { id: badId! }, include: { calculation: true } });
  const failure = {
    code: AFTER_FAILED,
    message: `It was to begin after “${bad.calculation!.label}”, which has ${words[bad.state]}.`,
    advice: 'Let it go on without waiting for that one, or stop it.',
  };
  const { count } = await tx.process.updateMany({
    where: { id, state: 'waiting' },
    data: { state: 'paused', failure },
  });
  if (count === 0) return;
  await appendEvents(tx, { projectId, calculationId: id, processId: id }, [
    { kind: 'state', state: 'paused', phase: null, failure },
  ]);
}

/** What a calculation begins after, in the order of their submission. */
export async function waitsOf(calculationId: string): Promise<CalculationWait[]> {
  const rows = await db().calculationWait.findMany({
    where: { calculationId },
    include: { after: { select: { label: true, processes: { where: { parentId: null }, select: { state: true } } } } },
    orderBy: { afterId: 'asc' },
  });
  return rows.map(({ afterId, metAt, after: { label, processes } }) => ({
    ...{ id: afterId, label, metAt },
    state: processes[0]!.state,
  }));
}
