import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { CalculationSummary } from '@/server/schemas/calculation';
import { isTerminal } from '@/server/schemas/process';
import type { Actor } from '../actor';
import { requestPause } from '../processes/wishes';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { requireCalculation } from './require-calculation';

/** Has a calculation wait: its jobs write their checkpoints, and what waits for its turn stays out of the queue. */
export async function pauseCalculation(actor: Actor, { id }: { id: string }): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  const { state } = toCalculationSummary(await requireCalculation(scope, id));
  if (isTerminal(state))
    throw new AppError('conflict', `calculation ${id} is ${state}`, {
      userMessage: 'This calculation has ended: there is nothing to pause.',
    });
  await db().$transaction((tx) => requestPause(tx, id));
  return toCalculationSummary(await requireCalculation(scope, id));
}
