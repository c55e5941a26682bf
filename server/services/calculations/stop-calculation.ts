import { AppError } from '@/server/errors';
import type { CalculationSummary } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function stopCalculation(_actor: Actor, _input: { id: string }): Promise<CalculationSummary> {
  throw new AppError('unavailable', 'in the making');
}
