import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { createDraftSchema, Draft } from '@/server/schemas/draft';
import type { Actor } from '../actor';

export async function createDraft(_actor: Actor, _input: z.infer<typeof createDraftSchema>): Promise<Draft> {
  throw new AppError('unavailable', 'in the making');
}
