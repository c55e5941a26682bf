import { AppError } from '@/server/errors';
import type { CalculationFile, CalculationSummary } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function submitFile(_actor: Actor, _input: CalculationFile): Promise<CalculationSummary> {
  throw new AppError('unavailable', 'in the making');
}
