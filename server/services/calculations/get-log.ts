import { AppError } from '@/server/errors';
import type { LogText } from '@/server/schemas/calculation';
import type { Actor } from '../actor';

export async function getLog(
  _actor: Actor,
  _input: { id: string; process?: string | null | undefined },
): Promise<LogText[]> {
  throw new AppError('unavailable', 'in the making');
}
