import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { Page } from '@/server/schemas/common';
import type { DraftSummary, listDraftsSchema } from '@/server/schemas/draft';
import type { Actor } from '../actor';
import { toPage } from '../page';
import { projectScope } from '../scope';
import { toSummary, withFormula } from './draft-row';

/** The actor's drafts, the newest first. */
export async function listDrafts(actor: Actor, input: z.infer<typeof listDraftsSchema>): Promise<Page<DraftSummary>> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().draft.findMany({
    where: { ...scope, userId: actor.userId, ...(input.cursor ? { id: { lt: input.cursor } } : {}) },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
    include: withFormula,
  });
  return toPage(rows, input.limit, toSummary);
}
