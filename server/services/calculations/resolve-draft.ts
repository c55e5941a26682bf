import { AppError } from '@/server/errors';
import type { Resolved } from '@/server/schemas/resolved';
import type { Actor } from '../actor';

export async function resolveDraft(_actor: Actor, _input: { draftId: string }): Promise<Resolved> {
  throw new AppError('unavailable', 'in the making');
}
