import { AppError } from '@/server/errors';
import type { ComputerSummary } from '@/server/schemas/system';
import type { Actor } from '../actor';

export async function listComputers(_actor: Actor): Promise<ComputerSummary[]> {
  throw new AppError('unavailable', 'in the making');
}
