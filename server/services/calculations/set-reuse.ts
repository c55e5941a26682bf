import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { CalculationSummary, setReuseSchema } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { requireCalculation } from './require-calculation';

/** Whether other calculations may take over what this one found; what was taken over already stays where it is. */
export async function setReuse(
  actor: Actor,
  { id, isReusable }: z.infer<typeof setReuseSchema>,
): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  await requireCalculation(scope, id);
  await db().calculation.update({ where: { ...scope, id }, data: { isReusable } });
  return toCalculationSummary(await requireCalculation(scope, id));
}
