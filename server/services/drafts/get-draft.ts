import { AppError } from '@/server/errors';
import type { Draft } from '@/server/schemas/draft';
import type { Actor } from '../actor';

export async function getDraft(_actor: Actor, _input: { id: string }): Promise<Draft> {
  throw new AppError('unavailable', 'in the making');
}
