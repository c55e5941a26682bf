import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { CalculationSummary, renameCalculationSchema } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function renameCalculation(
  _actor: Actor,
  _input: z.infer<typeof renameCalculationSchema>,
): Promise<CalculationSummary> {
  throw new AppError('unavailable', 'in the making');
}
