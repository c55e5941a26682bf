import { AppError } from '@/server/errors';
import type { CalculationResults } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function getResults(_actor: Actor, _input: { id: string }): Promise<CalculationResults> {
  throw new AppError('unavailable', 'in the making');
}
