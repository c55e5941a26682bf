import { db } from '@/server/db/client';
import type { CalculationSummary } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { requestStop } from '../processes/wishes';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { requireCalculation } from './require-calculation';
import { settleWaits } from './waits';

/** Asks for the end; its job's process group is ended by the worker, within a few seconds. What has ended stays as it is. */
export async function stopCalculation(actor: Actor, { id }: { id: string }): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'compute');
  await requireCalculation(scope, id);
  await db().$transaction((tx) => requestStop(tx, id));
  await settleWaits();
  return toCalculationSummary(await requireCalculation(scope, id));
}
