import { AppError } from '@/server/errors';
import type { SystemStatus } from '@/server/schemas/system';
import type { Actor } from '../actor';

export async function getStatus(_actor: Actor): Promise<SystemStatus> {
  throw new AppError('unavailable', 'in the making');
}
