import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { CalculationSummary, submitSchema } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function submitDraft(_actor: Actor, _input: z.infer<typeof submitSchema>): Promise<CalculationSummary> {
  throw new AppError('unavailable', 'in the making');
}
