import type { z } from 'zod';
import { asJson, db } from '@/server/db/client';
import { type createDraftSchema, type Draft, type DraftData, draftDataSchema } from '@/server/schemas/draft';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireStructure } from '../structures/structure-row';
import { DRAFT_SCHEMA_VERSION, toDraft, withFormula } from './draft-row';

/** A new draft, empty or with the choices given. */
export async function createDraft(actor: Actor, input: z.infer<typeof createDraftSchema>): Promise<Draft> {
  const scope = await projectScope(actor, 'write');
  return storeDraft(actor, scope, draftDataSchema.parse(input.data ?? {}));
}

export async function storeDraft(actor: Actor, scope: { projectId: string }, data: DraftData): Promise<Draft> {
  if (data.structureId) await requireStructure(scope, data.structureId);
  const row = await db().draft.create({
    data: {
      ...scope,
      userId: actor.userId,
      kind: data.kind,
      schemaVersion: DRAFT_SCHEMA_VERSION,
      data: asJson(data),
      structureId: data.structureId,
    },
    include: withFormula,
  });
  return toDraft(row);
}
