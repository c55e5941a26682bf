import { AppError } from '@/server/errors';
import type { Actor } from '../actor';

export async function discardDraft(_actor: Actor, _input: { id: string }): Promise<{ id: string }> {
  throw new AppError('unavailable', 'in the making');
}
