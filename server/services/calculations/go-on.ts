import { db } from '@/server/db/client';
import type { CalculationSummary } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { requestGoOn } from '../processes/wishes';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { requireCalculation } from './require-calculation';

/** Puts a calculation that was made to wait back into the queue; one that does not wait stays as it is. */
export async function goOn(actor: Actor, { id }: { id: string }): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  await requireCalculation(scope, id);
  await db().$transaction((tx) => requestGoOn(tx, id));
  return toCalculationSummary(await requireCalculation(scope, id));
}
