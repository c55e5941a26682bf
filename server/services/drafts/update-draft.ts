import type { z } from 'zod';
import { asJson, db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { type Draft, draftDataSchema, type updateDraftSchema } from '@/server/schemas/draft';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireStructure } from '../structures/structure-row';
import { toDraft, withFormula } from './draft-row';
import { getDraft } from './get-draft';

/** Saves changes made to a given version; where another tab saved since, nothing is written and the newest is told. */
export async function updateDraft(actor: Actor, input: z.infer<typeof updateDraftSchema>): Promise<Draft> {
  const scope = await projectScope(actor, 'write');
  const before = await getDraft(actor, { id: input.id });
  if (before.version !== input.version) throw conflict(before.version);
  const data = draftDataSchema.parse({ ...before.data, ...input.changes });
  if (input.changes.structureId) await requireStructure(scope, input.changes.structureId);
  const rows = await db().draft.updateManyAndReturn({
    where: { ...scope, id: input.id, userId: actor.userId, version: input.version },
    data: { data: asJson(data), structureId: data.structureId, version: { increment: 1 }, updatedAt: new Date() },
    include: withFormula,
  });
  if (!rows[0]) throw conflict((await getDraft(actor, { id: input.id })).version);
  return toDraft(rows[0]);
}

const conflict = (version: number) =>
  new AppError('conflict', `the draft is at version ${version}`, {
    userMessage: 'This draft was changed in another tab. The newest state has been loaded; make your change again.',
    details: { version },
  });
