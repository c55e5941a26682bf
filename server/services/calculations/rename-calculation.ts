import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { CalculationSummary, renameCalculationSchema } from '@/server/schemas/calculation';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { requireCalculation } from './require-calculation';

export async function renameCalculation(
  actor: Actor,
  { id, label }: z.infer<typeof renameCalculationSchema>,
): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  await requireCalculation(scope, id);
  await db().calculation.update({ where: { id, ...scope }, data: { label } });
  return toCalculationSummary(await requireCalculation(scope, id));
}
