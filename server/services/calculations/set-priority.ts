import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { CalculationSummary, prioritySchema } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { requireCalculation } from './require-calculation';

/** Before which of the same person's other calculations it runs; what runs already goes on. */
export async function setPriority(
  actor: Actor,
  { id, priority }: z.infer<typeof prioritySchema>,
): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  await requireCalculation(scope, id);
  await db().calculation.update({ where: { ...scope, id }, data: { priority } });
  return toCalculationSummary(await requireCalculation(scope, id));
}
