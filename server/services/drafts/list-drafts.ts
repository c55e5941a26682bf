import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { Page } from '@/server/schemas/common';
import type { DraftSummary, listDraftsSchema } from '@/server/schemas/draft';
import type { Actor } from '../actor';

export async function listDrafts(_actor: Actor, _input: z.infer<typeof listDraftsSchema>): Promise<Page<DraftSummary>> {
  throw new AppError('unavailable', 'in the making');
}
