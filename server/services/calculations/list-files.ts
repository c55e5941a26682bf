import { AppError } from '@/server/errors';
import type { CalculationFileEntry } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function listFiles(_actor: Actor, _input: { id: string }): Promise<CalculationFileEntry[]> {
  throw new AppError('unavailable', 'in the making');
}
