import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { Draft, updateDraftSchema } from '@/server/schemas/draft';
import type { Actor } from '../actor';

export async function updateDraft(_actor: Actor, _input: z.infer<typeof updateDraftSchema>): Promise<Draft> {
  throw new AppError('unavailable', 'in the making');
}
