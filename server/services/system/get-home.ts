import { AppError } from '@/server/errors';
import type { Home } from '@/server/schemas/system';
import type { Actor } from '../actor';

export async function getHome(_actor: Actor): Promise<Home> {
  throw new AppError('unavailable', 'in the making');
}
