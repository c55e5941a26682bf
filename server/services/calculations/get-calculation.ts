import { AppError } from '@/server/errors';
import type { CalculationDetail } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function getCalculation(_actor: Actor, _input: { id: string }): Promise<CalculationDetail> {
  throw new AppError('unavailable', 'in the making');
}
