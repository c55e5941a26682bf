import { AppError } from '@/server/errors';
import type { CalculationSummary, ListCalculationsInput } from '@/server/schemas/calculation';
import type { Page } from '@/server/schemas/common';
import type { Actor } from '../actor';

export async function listCalculations(
  _actor: Actor,
  _input: ListCalculationsInput,
): Promise<Page<CalculationSummary>> {
  throw new AppError('unavailable', 'in the making');
}
